package org.espalier.images.baseline;

import java.nio.charset.StandardCharsets;
import javax.imageio.plugins.jpeg.JPEGHuffmanTable;
import javax.imageio.plugins.jpeg.JPEGQTable;

/**
 * Encodes planes as baseline JPEG with one sample of chrominance for 2x2 pixels, the quantisers of
 * the Independent JPEG Group for a quality, and the typical Huffman tables. Used by one thread.
 */
public final class BaselineEncoder {
  private static final int SIDE = 8;
  private static final int UNIT = 16;
  private static final int ZEROS_16 = 0xF0;
  private static final int END_OF_BLOCK = 0;
  private static final CodeTable DC_LUMINANCE = new CodeTable(JPEGHuffmanTable.StdDCLuminance);
  private static final CodeTable DC_CHROMINANCE = new CodeTable(JPEGHuffmanTable.StdDCChrominance);
  private static final CodeTable AC_LUMINANCE = new CodeTable(JPEGHuffmanTable.StdACLuminance);
  private static final CodeTable AC_CHROMINANCE = new CodeTable(JPEGHuffmanTable.StdACChrominance);
  private static final int[] PLACES = ZigZag.places();

  private final int[] luminance;
  private final int[] chrominance;
  private final float[] luminanceFactors;
  private final float[] chrominanceFactors;
  private final BitWriter out = new BitWriter();
  private final float[] block = new float[SIDE * SIDE];
  private final int[] coefficients = new int[SIDE * SIDE];

  /**
   * @param quality 1 to 100
   */
  public BaselineEncoder(int quality) {
    luminance = quantisers(JPEGQTable.K1Luminance, quality);
    chrominance = quantisers(JPEGQTable.K2Chrominance, quality);
    luminanceFactors = ForwardDct.factors(luminance);
    chrominanceFactors = ForwardDct.factors(chrominance);
  }

  /**
   * The image as a file.
   *
   * @param planes padded to whole units of 16 pixels, of chrominance half as many samples in each
   *     direction
   */
  public byte[] encode(Planes planes) {
    out.reset();
    header(planes.width(), planes.height());
    int[] dc = new int[3];
    for (int y = 0; y < planes.height(); y += UNIT) {
      for (int x = 0; x < planes.width(); x += UNIT) {
        for (int part = 0; part < 4; part++) {
          ForwardDct.transform(planes.plane(0), x + part % 2 * SIDE, y + part / 2 * SIDE, block);
          block(luminanceFactors, DC_LUMINANCE, AC_LUMINANCE, dc, 0);
        }
        for (int component = 1; component < 3; component++) {
          ForwardDct.transform(planes.plane(component), x / 2, y / 2, block);
          block(chrominanceFactors, DC_CHROMINANCE, AC_CHROMINANCE, dc, component);
        }
      }
    }
    out.align();
    out.writeShort(0xFFD9);
    return out.toBytes();
  }

  private void block(
      float[] factors, CodeTable dcTable, CodeTable acTable, int[] dc, int component) {
    long nonZero = quantise(factors);
    int difference = coefficients[0] - dc[component];
    dc[component] = coefficients[0];
    value(dcTable, 0, difference);
    int last = 0;
    for (long left = nonZero & ~1L; left != 0; left &= left - 1) {
      int k = Long.numberOfTrailingZeros(left);
      int zeros = k - last - 1;
      while (zeros > 15) {
        out.writeBits(acTable.code(ZEROS_16), acTable.length(ZEROS_16));
        zeros -= 16;
      }
      value(acTable, zeros << 4, coefficients[k]);
      last = k;
    }
    if (last < SIDE * SIDE - 1) {
      out.writeBits(acTable.code(END_OF_BLOCK), acTable.length(END_OF_BLOCK));
    }
  }

  /** Quantises the block in coded order. Returns which coefficients are not 0, by bit. */
  private long quantise(float[] factors) {
    long nonZero = 0;
    for (int k = 0; k < SIDE * SIDE; k++) {
      int place = PLACES[k];
      int value = (int) (block[place] * factors[place] + 16384.5f) - 16384;
      coefficients[k] = value;
      nonZero |= (long) (-value | value) >>> 63 << k;
    }
    return nonZero;
  }

  private void value(CodeTable table, int run, int value) {
    int size = 32 - Integer.numberOfLeadingZeros(Math.abs(value));
    int bits = value < 0 ? value - 1 : value;
    int symbol = run | size;
    out.writeBits(
        table.code(symbol) << size | (bits & ((1 << size) - 1)), table.length(symbol) + size);
  }

  private void header(int width, int height) {
    out.writeShort(0xFFD8);
    segment(0xE0, 14);
    out.write("JFIF\0\1\1\0\0\1\0\1\0\0".getBytes(StandardCharsets.US_ASCII));
    quantisers(0, luminance);
    quantisers(1, chrominance);
    segment(0xC0, 15);
    out.writeByte(8);
    out.writeShort(height);
    out.writeShort(width);
    out.write(new byte[] {3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1});
    codes(0x00, DC_LUMINANCE);
    codes(0x10, AC_LUMINANCE);
    codes(0x01, DC_CHROMINANCE);
    codes(0x11, AC_CHROMINANCE);
    segment(0xDA, 10);
    out.write(new byte[] {3, 1, 0x00, 2, 0x11, 3, 0x11, 0, 63, 0});
  }

  private void segment(int marker, int bytes) {
    out.writeByte(0xFF);
    out.writeByte(marker);
    out.writeShort(bytes + 2);
  }

  private void quantisers(int id, int[] table) {
    segment(0xDB, 1 + table.length);
    out.writeByte(id);
    for (int k = 0; k < table.length; k++) {
      out.writeByte(table[PLACES[k]]);
    }
  }

  private void codes(int id, CodeTable table) {
    byte[] content = table.segment();
    segment(0xC4, 1 + content.length);
    out.writeByte(id);
    out.write(content);
  }

  private static int[] quantisers(JPEGQTable base, int quality) {
    int percent = quality < 50 ? 5000 / quality : 200 - 2 * quality;
    int[] table = base.getTable();
    for (int i = 0; i < table.length; i++) {
      table[i] = Math.max(1, Math.min(255, (table[i] * percent + 50) / 100));
    }
    return table;
  }
}
