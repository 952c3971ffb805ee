package org.espalier.images.baseline;

import java.util.Arrays;

/**
 * The tables and the one scan of a JPEG in its usual form: baseline, 8 bits, gray or luminance and
 * chrominance, luminance with one or two samples per chrominance sample in each direction.
 */
final class JpegFrame {
  private static final int SIDE = 8;
  private static final int COMPONENTS = 3;
  private static final int TABLES = 4;

  int width;
  int height;
  int components;

  /** Samples of luminance per sample of chrominance in a row, and in a column. */
  int horizontal = 1;

  int vertical = 1;

  /** Minimum coded units between restart markers, 0 if there are none. */
  int restartInterval;

  /** Where the coded data begin. */
  int data;

  /** Row by row, of each component. */
  final int[][] quantisers = new int[COMPONENTS][];

  final HuffmanTable[] dc = new HuffmanTable[COMPONENTS];
  final HuffmanTable[] ac = new HuffmanTable[COMPONENTS];

  private final byte[] file;
  private final int length;
  private final int[][] tables = new int[TABLES][];
  private final HuffmanTable[] dcTables = new HuffmanTable[TABLES];
  private final HuffmanTable[] acTables = new HuffmanTable[TABLES];
  private final int[] ids = new int[COMPONENTS];
  private final int[] tableOf = new int[COMPONENTS];
  private boolean usual = true;

  private JpegFrame(byte[] file, int length) {
    this.file = file;
    this.length = length;
  }

  /** The frame of a file; null if it has not the usual form. */
  static JpegFrame of(byte[] file, int length) {
    JpegFrame frame = new JpegFrame(file, length);
    try {
      return frame.read() && frame.usual ? frame : null;
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      return null;
    }
  }

  /** Blocks of a component in a row of a unit. */
  int blocksAcross(int component) {
    return component == 0 ? horizontal : 1;
  }

  /** Blocks of a component in a column of a unit. */
  int blocksDown(int component) {
    return component == 0 ? vertical : 1;
  }

  /** Units in a row. */
  int across() {
    return (width + SIDE * horizontal - 1) / (SIDE * horizontal);
  }

  /** Rows of units. */
  int down() {
    return (height + SIDE * vertical - 1) / (SIDE * vertical);
  }

  private boolean read() {
    int at = 2;
    while (at + 4 <= length && unsigned(at) == 0xFF) {
      int marker = unsigned(at + 1);
      if (marker == 0xFF) {
        at++;
        continue;
      }
      int from = at + 4;
      int end = at + 2 + unsignedShort(at + 2);
      if (end > length || end < from) {
        return false;
      }
      switch (marker) {
        case 0xC0, 0xC1 -> frame(from);
        case 0xC4 -> huffmanTables(from, end);
        case 0xDB -> quantisers(from, end);
        case 0xDD -> restartInterval = unsignedShort(from);
        case 0xEE -> adobe(from, end);
        case 0xDA -> {
          return scan(from, end);
        }
        default -> usual &= marker >= 0xE0;
      }
      at = end;
    }
    return false;
  }

  private void frame(int at) {
    height = unsignedShort(at + 1);
    width = unsignedShort(at + 3);
    components = unsigned(at + 5);
    usual &= unsigned(at) == 8 && (components == 1 || components == COMPONENTS);
    for (int i = 0; usual && i < components; i++) {
      int entry = at + 6 + 3 * i;
      ids[i] = unsigned(entry);
      tableOf[i] = unsigned(entry + 2);
      int sampling = unsigned(entry + 1);
      if (i == 0 && components > 1) {
        horizontal = sampling >> 4;
        vertical = sampling & 0xF;
        usual &= horizontal >= 1 && horizontal <= 2 && vertical >= 1 && vertical <= 2;
      } else if (i > 0) {
        usual &= sampling == 0x11;
      }
    }
    // Three components that are called R, G and B are no luminance.
    usual &= width > 0 && height > 0 && !(components == COMPONENTS && ids[0] == 'R');
  }

  /** A transform of 0 says that three components are RGB. */
  private void adobe(int from, int end) {
    if (end - from >= 12 && unsigned(from) == 'A' && unsigned(from + 1) == 'd') {
      usual &= unsigned(from + 11) == 1 || components == 1;
    }
  }

  private void quantisers(int from, int end) {
    int at = from;
    while (at < end) {
      int id = unsigned(at) & 0xF;
      boolean wide = unsigned(at) >> 4 != 0;
      int[] table = new int[64];
      at++;
      for (int i = 0; i < table.length; i++) {
        table[ZigZag.place(i)] = wide ? unsignedShort(at) : unsigned(at);
        at += wide ? 2 : 1;
      }
      tables[id] = table;
    }
  }

  private void huffmanTables(int from, int end) {
    int at = from;
    while (at < end) {
      int id = unsigned(at) & 0xF;
      boolean forDc = unsigned(at) >> 4 == 0;
      int[] counts = new int[16];
      int symbols = 0;
      for (int i = 0; i < counts.length; i++) {
        counts[i] = unsigned(at + 1 + i);
        symbols += counts[i];
      }
      at += 17;
      HuffmanTable table = new HuffmanTable(counts, Arrays.copyOfRange(file, at, at + symbols));
      (forDc ? dcTables : acTables)[id] = table;
      at += symbols;
    }
  }

  private boolean scan(int from, int end) {
    if (components == 0 || unsigned(from) != components) {
      return false;
    }
    for (int i = 0; i < components; i++) {
      int selectors = unsigned(from + 2 + 2 * i);
      dc[i] = dcTables[selectors >> 4];
      ac[i] = acTables[selectors & 0xF];
      int[] table = tables[tableOf[i]];
      if (unsigned(from + 1 + 2 * i) != ids[i] || dc[i] == null || ac[i] == null || table == null) {
        return false;
      }
      quantisers[i] = table;
    }
    data = end;
    return true;
  }

  private int unsigned(int at) {
    return file[at] & 0xFF;
  }

  private int unsignedShort(int at) {
    return unsigned(at) << 8 | unsigned(at + 1);
  }
}
