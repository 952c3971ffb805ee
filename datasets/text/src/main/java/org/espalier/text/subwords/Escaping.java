package org.espalier.text.subwords;

/**
 * The spelling of a token in the characters of an alphabet: a backslash is written twice, an
 * underscore as a backslash and a {@code u}, a character that the alphabet has not as a backslash,
 * its code point in decimal digits and a semicolon, and so is the end of a line. An underscore ends
 * it.
 */
final class Escaping {
  /** The end of every escaped token, which is nowhere else in it. */
  static final char END = '_';

  /** The characters of escaped tokens that every alphabet has. */
  static final String CHARACTERS = "\\_u;0123456789";

  /** In the place of a number beyond Unicode. */
  private static final char UNDEFINED = '\u3013';

  private static final char BACKSLASH = '\\';

  /** The most characters that one character of a token becomes, such as U+FFFF. */
  static final int EXPANSION = 7;

  private Escaping() {}

  /**
   * Writes {@code text[from, to)} escaped to the beginning of {@code into}, which holds at least
   * {@value #EXPANSION} characters for each of the text and one more.
   *
   * @return the number of characters written
   */
  static int escape(char[] text, int from, int to, Alphabet alphabet, char[] into) {
    int end = 0;
    for (int at = from; at < to; ) {
      int codePoint = Character.codePointAt(text, at, to);
      at += Character.charCount(codePoint);
      if (codePoint == BACKSLASH) {
        into[end++] = BACKSLASH;
        into[end++] = BACKSLASH;
      } else if (codePoint == END) {
        into[end++] = BACKSLASH;
        into[end++] = 'u';
      } else if (alphabet.has(codePoint)) {
        end += Character.toChars(codePoint, into, end);
      } else {
        end = number(codePoint, into, end);
      }
    }
    into[end++] = END;
    return end;
  }

  /** A token as {@link #escape(char[], int, int, Alphabet, char[])} writes it. */
  static String escape(String token, Alphabet alphabet) {
    char[] into = new char[EXPANSION * token.length() + 1];
    int length = escape(token.toCharArray(), 0, token.length(), alphabet, into);
    return new String(into, 0, length);
  }

  /**
   * Appends the characters that {@code escaped[from, to)} stands for, without an underscore at its
   * end. What is no escape stays as it is; a number beyond Unicode becomes U+3013.
   */
  static void unescape(CharSequence escaped, int from, int to, StringBuilder into) {
    int at = from;
    while (at < to) {
      char c = escaped.charAt(at++);
      if (c != BACKSLASH || at == to) {
        into.append(c);
        continue;
      }
      char next = escaped.charAt(at);
      if (next == BACKSLASH) {
        into.append(BACKSLASH);
        at++;
      } else if (next == 'u') {
        into.append(END);
        at++;
      } else {
        int end = endOfDigits(escaped, at, to);
        if (end == at || end == to || escaped.charAt(end) != ';') {
          into.append(c);
        } else {
          appendCodePoint(escaped, at, end, into);
          at = end + 1;
        }
      }
    }
  }

  private static int number(int codePoint, char[] into, int at) {
    int digits = 1;
    for (int rest = codePoint; rest >= 10; rest /= 10) {
      digits++;
    }
    into[at] = BACKSLASH;
    int rest = codePoint;
    for (int digit = digits; digit > 0; digit--) {
      into[at + digit] = (char) ('0' + rest % 10);
      rest /= 10;
    }
    into[at + digits + 1] = ';';
    return at + digits + 2;
  }

  private static int endOfDigits(CharSequence escaped, int from, int to) {
    int at = from;
    while (at < to && escaped.charAt(at) >= '0' && escaped.charAt(at) <= '9') {
      at++;
    }
    return at;
  }

  private static void appendCodePoint(CharSequence digits, int from, int to, StringBuilder into) {
    long number = 0;
    for (int at = from; at < to && number <= Character.MAX_CODE_POINT; at++) {
      number = number * 10 + (digits.charAt(at) - '0');
    }
    into.appendCodePoint(number <= Character.MAX_CODE_POINT ? (int) number : UNDEFINED);
  }
}
