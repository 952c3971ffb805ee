package org.espalier.text.subwords;

import java.util.Arrays;

/**
 * Texts to numbers of subwords: a text is cut into tokens ({@link Tokens}), a token is escaped, and
 * an escaped token is split from its beginning into the longest subwords that fit. {@link
 * SubwordDecoder} gives every text back. The same text and vocabulary give the same numbers.
 * Remembers the tokens that came before; used by one thread.
 */
public final class SubwordEncoder {
  private final Alphabet alphabet;
  private final SubwordTrie trie;
  private final TokenCache cache = new TokenCache();
  private final TokenCursor cursor = new TokenCursor();
  private char[] escaped = new char[512];
  private int[] ids = new int[512];

  /** An encoder by a vocabulary. */
  public SubwordEncoder(Vocabulary vocabulary) {
    alphabet = vocabulary.alphabet();
    trie = vocabulary.trie();
  }

  /** The subwords of a text, none of an empty one. */
  public int[] encode(String text) {
    int count = split(text);
    return Arrays.copyOf(ids, count);
  }

  /** The subwords of a text and {@link Vocabulary#END_OF_SENTENCE} after them. */
  public int[] sentence(String text) {
    int count = split(text);
    int[] sentence = Arrays.copyOf(ids, count + 1);
    sentence[count] = Vocabulary.END_OF_SENTENCE;
    return sentence;
  }

  /** Writes the subwords of a text to {@code ids} and says how many they are. */
  private int split(String text) {
    cursor.reset(text);
    int end = 0;
    while (cursor.next()) {
      end = split(cursor.text(), cursor.from(), cursor.to(), end);
    }
    return end;
  }

  private int split(char[] text, int from, int to, int at) {
    reserve(to - from, at);
    int slot = TokenCache.slot(text, from, to);
    int known = cache.find(slot, text, from, to, ids, at);
    if (known >= 0) {
      return known;
    }
    int end = trie.split(escaped, Escaping.escape(text, from, to, alphabet, escaped), ids, at);
    cache.keep(slot, text, from, to, ids, at, end);
    return end;
  }

  private void reserve(int characters, int at) {
    int most = Math.addExact(Math.multiplyExact(Escaping.EXPANSION, characters), 1);
    if (most > escaped.length) {
      escaped = new char[most + most / 2];
    }
    if (most > ids.length - at) {
      ids = Arrays.copyOf(ids, Math.max(Math.addExact(at, most), ids.length + ids.length / 2));
    }
  }
}
