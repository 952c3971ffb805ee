package org.espalier.text.lines;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The lines of a text in UTF-8, one after the other, in memory as large as the longest of them. A
 * line is what ends in {@code \n} or with the text; carriage returns, U+2028 and all other
 * characters are part of it.
 */
public final class LineReader implements Closeable {
  /** The longest line that is read, in bytes: beyond it a file is hardly text. */
  public static final int LONGEST = 1 << 26;

  private static final int BUFFER = 1 << 16;

  private final InputStream in;
  private byte[] buffer = new byte[BUFFER];
  private int filled;
  private int from;
  private int to;
  private int next;
  private long number;
  private long consumed;

  /** A reader of a stream, which it closes. */
  public LineReader(InputStream in) {
    this.in = in;
  }

  /**
   * Goes to the next line, if there is one.
   *
   * @throws InvalidLineException if it is longer than {@value #LONGEST} bytes
   */
  public boolean next() throws IOException {
    from = next;
    int searched = from;
    while (true) {
      int end = endOfLine(searched);
      if (end < filled) {
        take(end, end + 1);
        return true;
      }
      int kept = filled - from;
      if (!fill()) {
        take(filled, filled);
        return kept > 0;
      }
      searched = from + kept;
    }
  }

  /** The number of the line, from 1. */
  public long number() {
    return number;
  }

  /** The bytes from the beginning of the text to the end of the line, its {@code \n} included. */
  public long consumed() {
    return consumed;
  }

  /**
   * The line without its end.
   *
   * @throws InvalidLineException if it is not UTF-8
   */
  public String text() throws InvalidLineException {
    String text = new String(buffer, from, to - from, StandardCharsets.UTF_8);
    if (text.indexOf('\uFFFD') >= 0) {
      requireValid();
    }
    return text;
  }

  /**
   * The line without white space at its ends, no-break spaces, U+0085 and a carriage return before
   * the end of the line included: a sentence, as tensor2tensor reads it.
   *
   * @throws InvalidLineException if it is not UTF-8
   */
  public String sentence() throws InvalidLineException {
    String text = text();
    int begin = 0;
    int end = text.length();
    while (begin < end && isWhiteSpace(text.charAt(begin))) {
      begin++;
    }
    while (begin < end && isWhiteSpace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(begin, end);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private int endOfLine(int searched) {
    int at = searched;
    while (at < filled && buffer[at] != '\n') {
      at++;
    }
    return at;
  }

  private void take(int end, int after) {
    to = end;
    next = after;
    if (after > from) {
      number++;
      consumed += after - from;
    }
  }

  /** Reads more behind the unfinished line, which moves to the front; false at the end. */
  private boolean fill() throws IOException {
    int kept = filled - from;
    if (kept > LONGEST) {
      throw new InvalidLineException(
          number + 1, "is longer than %d bytes, so it is no sentence".formatted(LONGEST));
    }
    if (kept == buffer.length) {
      buffer = Arrays.copyOf(buffer, 2 * buffer.length);
    }
    System.arraycopy(buffer, from, buffer, 0, kept);
    from = 0;
    filled = kept;
    int read = in.read(buffer, kept, buffer.length - kept);
    if (read > 0) {
      filled += read;
    }
    return read > 0;
  }

  private static boolean isWhiteSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
  }

  /** Java puts U+FFFD where bytes are no UTF-8, and a text may have it by itself. */
  private void requireValid() throws InvalidLineException {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(buffer, from, to - from));
    } catch (CharacterCodingException e) {
      throw new InvalidLineException(number, "is not valid UTF-8");
    }
  }
}
