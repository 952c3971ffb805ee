package org.espalier.text.subwords;

/**
 * Letters and numbers: the characters of the Unicode categories L and N, by the tables of the Java
 * platform (Unicode 13 in Java 17, as in Python 3.9 and 3.10). A character that other versions of
 * Unicode put elsewhere moves the boundaries of tokens, never what is decoded.
 */
final class Alphanumeric {
  private static final int CATEGORIES =
      1 << Character.UPPERCASE_LETTER
          | 1 << Character.LOWERCASE_LETTER
          | 1 << Character.TITLECASE_LETTER
          | 1 << Character.MODIFIER_LETTER
          | 1 << Character.OTHER_LETTER
          | 1 << Character.DECIMAL_DIGIT_NUMBER
          | 1 << Character.LETTER_NUMBER
          | 1 << Character.OTHER_NUMBER;

  private Alphanumeric() {}

  static boolean is(int codePoint) {
    return (CATEGORIES >>> Character.getType(codePoint) & 1) != 0;
  }
}
