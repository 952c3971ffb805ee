package org.espalier.sparsity;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.espalier.base.Refusal;

/** The whole numbers of an {@code .smtx} file, one after the other, each within its bounds. */
final class SmtxNumbers {
  private static final int END = -1;
  private static final int FIRST_CAPACITY = 1 << 12;

  private final InputStream in;
  private final String origin;

  SmtxNumbers(InputStream in, String origin) {
    this.in = in;
    this.origin = origin;
  }

  int next(String what, int lowest, int highest) throws IOException {
    int character = in.read();
    while (isSeparator(character)) {
      character = in.read();
    }
    if (character == END) {
      throw refuse("it ends where a " + what + " should follow");
    }
    long value = 0;
    while (character != END && !isSeparator(character)) {
      if (character < '0' || character > '9') {
        throw refuse("a " + what + " contains '" + (char) character + "'");
      }
      value = Math.min(value * 10 + character - '0', Integer.MAX_VALUE + 1L);
      character = in.read();
    }
    if (value < lowest || value > highest) {
      throw refuse(
          "a " + what + " is " + value + " and must be between " + lowest + " and " + highest);
    }
    return (int) value;
  }

  void requireEnd() throws IOException {
    int character = in.read();
    while (isSeparator(character)) {
      character = in.read();
    }
    if (character != END) {
      throw refuse("it goes on after its last column index");
    }
  }

  Refusal refuse(String why) {
    return new Refusal(
        "Cannot read " + origin + " as .smtx: " + why + "; take another copy of the file.");
  }

  /**
   * An array with a place {@code index}, growing towards {@code size}: what a damaged header
   * announces is not allocated before it has been read.
   */
  static int[] grown(int[] numbers, int index, int size) {
    if (index < numbers.length) {
      return numbers;
    }
    long doubled = Math.max(FIRST_CAPACITY, 2L * numbers.length);
    return Arrays.copyOf(numbers, (int) Math.min(doubled, size));
  }

  private static boolean isSeparator(int character) {
    return character == ' '
        || character == ','
        || character == '\n'
        || character == '\r'
        || character == '\t';
  }
}
