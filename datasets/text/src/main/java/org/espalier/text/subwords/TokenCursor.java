package org.espalier.text.subwords;

/**
 * A walk over the tokens of a text: runs of letters and numbers, and runs of all other characters
 * between them. A single space between two runs of letters and numbers is no token. Makes no
 * garbage; used by one thread.
 */
final class TokenCursor {
  private char[] text = new char[256];
  private int length;
  private int from;
  private int to;
  private boolean alphanumeric;

  /** Begins before the first token of a text. */
  void reset(String of) {
    length = of.length();
    if (length > text.length) {
      text = new char[length + length / 2];
    }
    of.getChars(0, length, text, 0);
    from = 0;
    to = 0;
    alphanumeric = length > 0 && Alphanumeric.is(Character.codePointAt(text, 0, length));
  }

  /** Goes to the next token, if there is one. */
  boolean next() {
    from = to;
    if (from == length) {
      return false;
    }
    to = end();
    if (isImplied()) {
      from = to;
      to = end();
    }
    return true;
  }

  /** The text, of which the first characters count. */
  char[] text() {
    return text;
  }

  int from() {
    return from;
  }

  int to() {
    return to;
  }

  String token() {
    return new String(text, from, to - from);
  }

  /** The end of the run that begins at {@code to}, which {@code alphanumeric} is about. */
  private int end() {
    boolean kind = alphanumeric;
    int at = to;
    while (at < length) {
      int codePoint = text[at];
      int units = 1;
      if (Character.isHighSurrogate(text[at])) {
        codePoint = Character.codePointAt(text, at, length);
        units = Character.charCount(codePoint);
      }
      if (Alphanumeric.is(codePoint) != kind) {
        alphanumeric = !kind;
        return at;
      }
      at += units;
    }
    return at;
  }

  /** Whether the token is a space that two neighbouring runs of letters and numbers stand for. */
  private boolean isImplied() {
    return to - from == 1 && text[from] == ' ' && from > 0 && to < length;
  }
}
