package org.espalier.text.subwords;

import java.util.List;
import org.espalier.base.Refusal;
import org.espalier.base.Sha256;

/**
 * Subwords and their numbers, which are their places: 0 is padding, 1 the end of a sentence. Every
 * character that a subword has, and every one that escapes need, is a subword too, so any text can
 * be encoded. Immutable; its file, with a line per subword, is what it is known and told apart by.
 */
public final class Vocabulary {
  /** The number of no subword, in places that are left empty. */
  public static final int PADDING = 0;

  /** The number of the subword that ends every sentence. */
  public static final int END_OF_SENTENCE = 1;

  /** The numbers below this one stand for no text. */
  static final int RESERVED = 2;

  /**
   * The lines of the reserved numbers, in their order, as newer versions of tensor2tensor write
   * them.
   */
  static final List<String> RESERVED_NAMES = List.of("<pad>_", "<EOS>_");

  private final List<String> subwords;
  private final Alphabet alphabet;
  private final SubwordTrie trie;
  private final byte[] file;

  private Vocabulary(List<String> subwords, byte[] file) {
    this.subwords = List.copyOf(subwords);
    this.alphabet = Alphabet.of(subwords);
    this.trie = new SubwordTrie(subwords, RESERVED);
    this.file = file;
  }

  /** A vocabulary of subwords that are known to be fit. */
  static Vocabulary of(List<String> subwords) {
    return new Vocabulary(subwords, VocabularyLines.write(subwords));
  }

  /**
   * The vocabulary of a file.
   *
   * @param file its content: a line per subword, in quotation marks, in UTF-8
   * @param name what to call it where it is refused
   * @throws Refusal if a line is no subword in quotation marks or occurs before, if the first two
   *     are not the reserved ones, or if a character is no subword by itself
   */
  public static Vocabulary parse(byte[] file, String name) {
    return new Vocabulary(new VocabularyLines(name).parse(file), file.clone());
  }

  /** How many subwords there are, the reserved ones included. */
  public int size() {
    return subwords.size();
  }

  /**
   * A subword as its file has it, escapes and the underscore at the end of tokens included.
   *
   * @throws IllegalArgumentException if there is none of that number
   */
  public String subword(int id) {
    if (id < 0 || id >= size()) {
      throw new IllegalArgumentException(
          "there is no subword %d: the vocabulary has 0 to %d".formatted(id, size() - 1));
    }
    return subwords.get(id);
  }

  /** The content of its file. */
  public byte[] file() {
    return file.clone();
  }

  /** The SHA-256 of its file, 64 lower-case hexadecimal digits. */
  public String sha256() {
    return Sha256.of(file);
  }

  /** For example {@code 33708 subwords}. */
  @Override
  public String toString() {
    return size() + " subwords";
  }

  Alphabet alphabet() {
    return alphabet;
  }

  SubwordTrie trie() {
    return trie;
  }
}
