package org.espalier.images.baseline;

import javax.imageio.plugins.jpeg.JPEGHuffmanTable;

/** A Huffman table for encoding: one of the typical ones of T.81, annex K.3. */
final class CodeTable {
  private static final int SYMBOLS = 256;

  private final int[] codes = new int[SYMBOLS];
  private final int[] lengths = new int[SYMBOLS];
  private final byte[] segment;

  CodeTable(JPEGHuffmanTable table) {
    short[] counts = table.getLengths();
    short[] values = table.getValues();
    segment = new byte[16 + values.length];
    int code = 0;
    int place = 0;
    for (int length = 1; length <= counts.length; length++) {
      segment[length - 1] = (byte) counts[length - 1];
      for (int i = 0; i < counts[length - 1]; i++) {
        codes[values[place]] = code++;
        lengths[values[place]] = length;
        segment[16 + place] = (byte) values[place];
        place++;
      }
      code <<= 1;
    }
  }

  int code(int symbol) {
    return codes[symbol];
  }

  int length(int symbol) {
    return lengths[symbol];
  }

  /** The numbers of codes and the symbols as a file has them. */
  byte[] segment() {
    return segment.clone();
  }
}
