package org.espalier.images.baseline;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The Huffman-coded blocks of a scan. */
final class CodedBits {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final int BLOCK = 64;
  private static final int ZEROS_16 = 0xF0;
  private static final int[] PLACES = ZigZag.places();

  private final byte[] data;
  private final int end;
  private int at;

  /** The next bits are the lowest {@code count} of these. */
  private long bits;

  private int count;

  /** How many of the bits, the last ones, were made up because there is a marker. */
  private int madeUp;

  /** The difference to the DC coefficient before, of the block that was read last. */
  private int difference;

  CodedBits(byte[] data, int from, int end) {
    this.data = data;
    this.at = from;
    this.end = end;
  }

  /** The difference of the block's DC coefficient to that of the one before. */
  int difference() {
    return difference;
  }

  /**
   * Reads a block but its DC coefficient, of which {@link #difference} tells.
   *
   * @param block of zeros, into which AC coefficients are written times their factors
   * @return the place in coded order of the last coefficient that is not 0, or -1 if there is no
   *     such code
   */
  int block(HuffmanTable dc, HuffmanTable ac, float[] factors, float[] block) {
    if (count < 32) {
      fill();
    }
    int symbol = symbol(dc);
    if (symbol < 0 || symbol > 15) {
      return -1;
    }
    difference = symbol == 0 ? 0 : value(symbol);
    int[] values = ac.values;
    long next = bits;
    int left = count;
    int last = 0;
    int k = 1;
    while (k < BLOCK) {
      if (left < 32) {
        bits = next;
        count = left;
        fill();
        next = bits;
        left = count;
      }
      int entry = values[(int) (next >>> (left - HuffmanTable.LOOK_UP_BITS)) & HuffmanTable.MASK];
      int value;
      if (entry != 0) {
        left -= entry & 0xFF;
        int zeros = (entry >> 8) & 0xFF;
        if (zeros == HuffmanTable.END) {
          break;
        }
        k += zeros;
        value = entry >> 16;
        if (value == 0) {
          continue;
        }
      } else {
        count = left;
        int coded = symbol(ac);
        if (coded < 0) {
          return -1;
        }
        int size = coded & 0xF;
        value = size == 0 ? 0 : value(size);
        left = count;
        if (value == 0 && coded != ZEROS_16) {
          break;
        }
        k += value == 0 ? 16 : coded >> 4;
        if (value == 0) {
          continue;
        }
      }
      if (k >= BLOCK) {
        return -1;
      }
      int place = PLACES[k];
      block[place] = value * factors[place];
      last = k;
      k++;
    }
    bits = next;
    count = left;
    return count < madeUp ? -1 : last;
  }

  /** Goes to the data after a restart marker; false if the next marker is another. */
  boolean restart(int number) {
    if (count - madeUp >= 8 || at + 1 >= end) {
      return false;
    }
    if ((data[at] & 0xFF) != 0xFF || (data[at + 1] & 0xFF) != 0xD0 + (number & 7)) {
      return false;
    }
    at += 2;
    bits = 0;
    count = 0;
    madeUp = 0;
    return true;
  }

  /** Whether nothing but the end of the image is left. */
  boolean isAtEnd() {
    if (count < 32) {
      fill();
    }
    return count - madeUp < 8
        && at + 1 < end
        && (data[at] & 0xFF) == 0xFF
        && (data[at + 1] & 0xFF) == 0xD9;
  }

  private int symbol(HuffmanTable table) {
    int entry =
        table.symbols[(int) (bits >>> (count - HuffmanTable.LOOK_UP_BITS)) & HuffmanTable.MASK];
    if (entry != 0) {
      count -= entry & 0xFF;
      return entry >> 8;
    }
    int next = (int) (bits >>> (count - 16)) & 0xFFFF;
    int length = HuffmanTable.LOOK_UP_BITS + 1;
    while (next >= table.end[length]) {
      length++;
    }
    int place = length > 16 ? -1 : (next >> (16 - length)) + table.offset[length];
    if (place < 0 || place >= table.listed.length) {
      return -1;
    }
    count -= length;
    return table.listed[place] & 0xFF;
  }

  private int value(int size) {
    int value = (int) (bits >>> (count - size)) & ((1 << size) - 1);
    count -= size;
    return value < 1 << (size - 1) ? value + (-1 << size) + 1 : value;
  }

  /** Makes sure that there are 32 bits or more. */
  private void fill() {
    if (at + 4 <= end) {
      int four = (int) INT.get(data, at);
      if ((four & (~four - 0x01010101) & 0x80808080) == 0) {
        bits = bits << 32 | (four & 0xFFFFFFFFL);
        count += 32;
        at += 4;
        return;
      }
    }
    while (count <= 48) {
      int next = at < end ? data[at] & 0xFF : 0xFF;
      if (next == 0xFF) {
        if (at + 1 < end && data[at + 1] == 0) {
          at += 2;
        } else {
          next = 0;
          madeUp += 8;
        }
      } else {
        at++;
      }
      bits = bits << 8 | next;
      count += 8;
    }
  }
}
