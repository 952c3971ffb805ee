package org.espalier.images.baseline;

/**
 * A Huffman table for decoding. A look-up by the next {@value #LOOK_UP_BITS} bits tells a short
 * code's symbol, and the value that follows where that fits in too.
 */
final class HuffmanTable {
  static final int LOOK_UP_BITS = 11;
  static final int MASK = (1 << LOOK_UP_BITS) - 1;
  static final int END = 64;
  private static final int LONGEST = 16;

  /**
   * By the next bits: value << 16 | zeros before it << 8 | bits in all, where code and value fit; 0
   * where they do not. A run of zeros has the value 0, the end of a block {@link #END} zeros.
   */
  final int[] values = new int[1 << LOOK_UP_BITS];

  /** By the next bits: symbol << 8 | length of its code; 0 where that is longer. */
  final int[] symbols = new int[1 << LOOK_UP_BITS];

  /** The first 16-bit pattern after all codes of a length; one more than all at the end. */
  final int[] end = new int[LONGEST + 2];

  /** What to add to a code of a length to have the place of its symbol. */
  final int[] offset = new int[LONGEST + 1];

  final byte[] listed;

  /**
   * @param counts of codes of each length, from 1 to 16
   * @param listed the symbols in the order of their codes
   * @throws IllegalArgumentException if there are more codes than bits allow
   */
  HuffmanTable(int[] counts, byte[] listed) {
    this.listed = listed;
    int code = 0;
    int place = 0;
    for (int length = 1; length <= LONGEST; length++) {
      offset[length] = place - code;
      for (int i = 0; i < counts[length - 1]; i++) {
        if (length <= LOOK_UP_BITS) {
          enter(code, length, listed[place] & 0xFF);
        }
        code++;
        place++;
      }
      if (code > 1 << length) {
        throw new IllegalArgumentException("too many codes");
      }
      end[length] = code << (LONGEST - length);
      code <<= 1;
    }
    end[LONGEST + 1] = Integer.MAX_VALUE;
  }

  private void enter(int code, int length, int symbol) {
    int free = LOOK_UP_BITS - length;
    int bits = symbol & 0xF;
    for (int rest = 0; rest < 1 << free; rest++) {
      int at = code << free | rest;
      symbols[at] = symbol << 8 | length;
      if (bits == 0) {
        int zeros = symbol == 0xF0 ? 16 : END;
        values[at] = zeros << 8 | length;
      } else if (bits <= free) {
        int value = rest >> (free - bits);
        if (value < 1 << (bits - 1)) {
          value += (-1 << bits) + 1;
        }
        values[at] = value << 16 | (symbol >> 4) << 8 | (length + bits);
      }
    }
  }
}
