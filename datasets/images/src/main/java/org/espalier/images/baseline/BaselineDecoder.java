package org.espalier.images.baseline;

import java.util.Arrays;

/**
 * Decodes JPEGs of the usual form to planes: baseline, gray or luminance and chrominance, one scan.
 * Used by one thread.
 */
public final class BaselineDecoder {
  private static final int SIDE = 8;
  private static final int SIZES = 4;
  private static final int MOST_ROWS_OF_BLOCKS = 4;

  /** By halvings of the size, the transforms of a unit's rows of blocks: two of luminance. */
  private final BlockTransform[][] transforms = new BlockTransform[SIZES][MOST_ROWS_OF_BLOCKS];

  private final float[] block = new float[SIDE * SIDE];

  /**
   * Decodes a file. Chrominance keeps the samples that the file has; that of a gray image is 0.
   *
   * @param file begins with the file's {@code length} bytes
   * @param pixelsPerSample in a row and in a column: 1, or 2, 4 or 8 to decode fewer coefficients
   * @param into its planes afterwards; undefined if it is not decoded
   * @return whether the file has the usual form and is sound to its end
   */
  public boolean decode(byte[] file, int length, int pixelsPerSample, Planes into) {
    JpegFrame frame = JpegFrame.of(file, length);
    return frame != null
        && decode(frame, file, length, pixelsPerSample, UnitRange.all(frame), into);
  }

  /**
   * Decodes a region of a file, and what is around it up to whole units: those before it are read
   * and not transformed, the rows of those behind it are not even read.
   *
   * @return whether the file has the usual form, has the region, and is sound as far as it is read
   */
  public boolean decode(byte[] file, int length, int pixelsPerSample, Region region, Planes into) {
    JpegFrame frame = JpegFrame.of(file, length);
    return frame != null
        && region.fits(frame.width, frame.height)
        && decode(frame, file, length, pixelsPerSample, UnitRange.of(frame, region), into);
  }

  private boolean decode(
      JpegFrame frame, byte[] file, int length, int pixelsPerSample, UnitRange units, Planes into) {
    BlockTransform[] rows = transforms[Integer.numberOfTrailingZeros(pixelsPerSample)];
    for (int i = 0; i < rows.length && rows[i] == null; i++) {
      rows[i] = pixelsPerSample == 1 ? new InverseDct() : new ReducedDct(SIDE / pixelsPerSample);
    }
    shape(frame, units, SIDE / pixelsPerSample, into);
    CodedBits bits = new CodedBits(file, frame.data, length);
    return decode(frame, units, bits, rows, into)
        && (units.endDown() < frame.down() || bits.isAtEnd());
  }

  private static void shape(JpegFrame frame, UnitRange units, int side, Planes into) {
    into.shape(units.pixels(frame));
    for (int i = 0; i < 3; i++) {
      Plane plane = into.plane(i);
      if (i < frame.components) {
        int horizontal = i == 0 ? 1 : frame.horizontal;
        int vertical = i == 0 ? 1 : frame.vertical;
        plane.shape(
            samples(into.width(), horizontal, side),
            samples(into.height(), vertical, side),
            units.down() * frame.blocksDown(i) * side,
            units.across() * frame.blocksAcross(i) * side);
      } else {
        plane.clear(samples(into.width(), 2, side), samples(into.height(), 2, side));
      }
    }
  }

  /** Samples of a component in a row or column of so many pixels. */
  private static int samples(int pixels, int pixelsPerSample, int side) {
    int whole = (pixels + pixelsPerSample - 1) / pixelsPerSample;
    return (whole * side + SIDE - 1) / SIDE;
  }

  private boolean decode(
      JpegFrame frame, UnitRange units, CodedBits bits, BlockTransform[] rows, Planes into) {
    int side = rows[0].side();
    float[][] factors = new float[frame.components][];
    for (int i = 0; i < frame.components; i++) {
      factors[i] = rows[0].factors(frame.quantisers[i]);
    }
    int[] dc = new int[frame.components];
    for (int down = 0; down < units.endDown(); down++) {
      for (int i = 0, row = 0; i < frame.components; i++) {
        for (int y = 0; y < frame.blocksDown(i); y++, row++) {
          rows[row].begin(units.across() * frame.blocksAcross(i) * side);
        }
      }
      if (!decodeUnits(frame, units, bits, rows, factors, dc, down)) {
        return false;
      }
      if (down < units.firstDown()) {
        continue;
      }
      for (int i = 0, row = 0; i < frame.components; i++) {
        for (int y = 0; y < frame.blocksDown(i); y++, row++) {
          rows[row].finish(
              into.plane(i),
              ((down - units.firstDown()) * frame.blocksDown(i) + y) * side,
              units.across() * frame.blocksAcross(i) * side);
        }
      }
    }
    return true;
  }

  /** Decodes a row of units, and transforms those of the range. */
  private boolean decodeUnits(
      JpegFrame frame,
      UnitRange units,
      CodedBits bits,
      BlockTransform[] rows,
      float[][] factors,
      int[] dc,
      int down) {
    int side = rows[0].side();
    for (int across = 0; across < frame.across(); across++) {
      int unit = down * frame.across() + across;
      if (frame.restartInterval > 0 && unit > 0 && unit % frame.restartInterval == 0) {
        if (!bits.restart(unit / frame.restartInterval - 1)) {
          return false;
        }
        Arrays.fill(dc, 0);
      }
      boolean wanted = units.contains(across, down);
      for (int i = 0, row = 0; i < frame.components; i++) {
        for (int y = 0; y < frame.blocksDown(i); y++, row++) {
          for (int x = 0; x < frame.blocksAcross(i); x++) {
            int last = bits.block(frame.dc[i], frame.ac[i], factors[i], block);
            if (last < 0) {
              Arrays.fill(block, 0);
              return false;
            }
            dc[i] += bits.difference();
            if (wanted) {
              block[0] = dc[i] * factors[i][0];
              int at = (across - units.firstAcross()) * frame.blocksAcross(i) + x;
              rows[row].take(block, last, at * side);
            }
            if (last > 0) {
              Arrays.fill(block, 0);
            }
          }
        }
      }
    }
    return true;
  }
}
