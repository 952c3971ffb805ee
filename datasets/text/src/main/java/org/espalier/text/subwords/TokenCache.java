package org.espalier.text.subwords;

import java.util.Arrays;

/**
 * The subwords of tokens that came before: a table of fixed size in which a token takes the place
 * of another whose hash is the same. Used by one thread.
 */
final class TokenCache {
  /** A power of two. With it, the keys and ids take 1.3 MB. */
  private static final int SLOTS = 1 << 14;

  /** The longest token that is kept. */
  private static final int CHARACTERS = 24;

  /** The most subwords of a token that is kept. */
  private static final int IDS = 8;

  private final char[] tokens = new char[SLOTS * CHARACTERS];
  private final byte[] lengths = new byte[SLOTS];
  private final int[] ids = new int[SLOTS * IDS];
  private final byte[] counts = new byte[SLOTS];

  /** The slot of the token {@code text[from, to)}. */
  static int slot(char[] text, int from, int to) {
    int hash = 0;
    for (int at = from; at < to; at++) {
      hash = 31 * hash + text[at];
    }
    return (hash * 0x9E3779B9) >>> Integer.numberOfLeadingZeros(SLOTS - 1);
  }

  /**
   * Copies the ids of a token, which is not empty, to {@code into} from {@code at}.
   *
   * @return the place after the last id, or -1 if the token is not there
   */
  int find(int slot, char[] text, int from, int to, int[] into, int at) {
    int length = to - from;
    int key = slot * CHARACTERS;
    if (lengths[slot] != length || !Arrays.equals(tokens, key, key + length, text, from, to)) {
      return -1;
    }
    int count = counts[slot];
    int first = slot * IDS;
    for (int i = 0; i < count; i++) {
      into[at + i] = ids[first + i];
    }
    return at + count;
  }

  /** Remembers that {@code found[at, end)} are the ids of a token, if they are few. */
  void keep(int slot, char[] text, int from, int to, int[] found, int at, int end) {
    if (to - from > CHARACTERS || end - at > IDS) {
      return;
    }
    System.arraycopy(text, from, tokens, slot * CHARACTERS, to - from);
    lengths[slot] = (byte) (to - from);
    System.arraycopy(found, at, ids, slot * IDS, end - at);
    counts[slot] = (byte) (end - at);
  }
}
