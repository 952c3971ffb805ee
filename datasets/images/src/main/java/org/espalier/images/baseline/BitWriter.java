package org.espalier.images.baseline;

import java.util.Arrays;

/** Bytes of a file, and bits among them with a zero after every byte of ones. */
final class BitWriter {
  private byte[] bytes = new byte[1 << 16];
  private int length;
  private long bits;
  private int count;

  void reset() {
    length = 0;
    bits = 0;
    count = 0;
  }

  void writeByte(int value) {
    room(1);
    bytes[length++] = (byte) value;
  }

  void writeShort(int value) {
    writeByte(value >> 8);
    writeByte(value);
  }

  void write(byte[] some) {
    room(some.length);
    System.arraycopy(some, 0, bytes, length, some.length);
    length += some.length;
  }

  /** Writes the lowest {@code number} bits of a value, at most 32. */
  void writeBits(int value, int number) {
    bits = bits << number | (value & ((1L << number) - 1));
    count += number;
    if (count >= 32) {
      flush();
    }
  }

  /** Fills the last byte with ones. */
  void align() {
    writeBits(0x7F, 7);
    flush();
    count = 0;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  private void flush() {
    room(16);
    while (count >= 8) {
      count -= 8;
      byte next = (byte) (bits >>> count);
      bytes[length++] = next;
      if (next == -1) {
        bytes[length++] = 0;
      }
    }
  }

  private void room(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }
}
