package org.espalier.images.baseline;

import java.util.Arrays;

/**
 * Decodes JPEGs of the usual form to planes: baseline, gray or luminance and chrominance, one scan.
 * Used by one thread.
 */
public final class BaselineDecoder {
  private static final int SIDE = 8;

  private final BlockTransform[] transforms = {
    new InverseDct(), new ReducedDct(4), new ReducedDct(2), new ReducedDct(1)
  };
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
    if (frame == null) {
      return false;
    }
    BlockTransform transform = transforms[Integer.numberOfTrailingZeros(pixelsPerSample)];
    shape(frame, transform.side(), into);
    CodedBits bits = new CodedBits(file, frame.data, length);
    return decode(frame, bits, transform, into) && bits.isAtEnd();
  }

  private static void shape(JpegFrame frame, int side, Planes into) {
    into.shape(frame.width, frame.height);
    int unitsAcross = across(frame);
    int unitsDown = down(frame);
    for (int i = 0; i < 3; i++) {
      int horizontal = i == 0 ? 1 : frame.horizontal;
      int vertical = i == 0 ? 1 : frame.vertical;
      int blocksAcross = unitsAcross * (i == 0 ? frame.horizontal : 1);
      int blocksDown = unitsDown * (i == 0 ? frame.vertical : 1);
      Plane plane = into.plane(i);
      if (i < frame.components) {
        plane.shape(samples(frame.width, horizontal, side), blocksDown * side, blocksAcross * side);
        plane.narrow(plane.width(), samples(frame.height, vertical, side));
      } else {
        plane.clear(samples(frame.width, 2, side), samples(frame.height, 2, side));
      }
    }
  }

  /** Samples of a component in a row or column of so many pixels. */
  private static int samples(int pixels, int pixelsPerSample, int side) {
    int whole = (pixels + pixelsPerSample - 1) / pixelsPerSample;
    return (whole * side + SIDE - 1) / SIDE;
  }

  private static int across(JpegFrame frame) {
    int unit = SIDE * frame.horizontal;
    return (frame.width + unit - 1) / unit;
  }

  private static int down(JpegFrame frame) {
    int unit = SIDE * frame.vertical;
    return (frame.height + unit - 1) / unit;
  }

  private boolean decode(JpegFrame frame, CodedBits bits, BlockTransform transform, Planes into) {
    float[][] factors = new float[frame.components][];
    for (int i = 0; i < frame.components; i++) {
      factors[i] = transform.factors(frame.quantisers[i]);
    }
    int side = transform.side();
    int[] dc = new int[frame.components];
    int across = across(frame);
    int units = across * down(frame);
    for (int unit = 0; unit < units; unit++) {
      if (frame.restartInterval > 0 && unit > 0 && unit % frame.restartInterval == 0) {
        if (!bits.restart(unit / frame.restartInterval - 1)) {
          return false;
        }
        Arrays.fill(dc, 0);
      }
      for (int i = 0; i < frame.components; i++) {
        int blocksAcross = i == 0 ? frame.horizontal : 1;
        int blocksDown = i == 0 ? frame.vertical : 1;
        Plane plane = into.plane(i);
        for (int y = 0; y < blocksDown; y++) {
          for (int x = 0; x < blocksAcross; x++) {
            int row = (unit / across * blocksDown + y) * side;
            int column = (unit % across * blocksAcross + x) * side;
            int at = row * plane.stride() + column;
            int last = bits.block(frame.dc[i], frame.ac[i], factors[i], block);
            if (last < 0) {
              Arrays.fill(block, 0);
              return false;
            }
            dc[i] += bits.difference();
            block[0] = dc[i] * factors[i][0];
            write(transform, last, plane, at);
          }
        }
      }
    }
    return true;
  }

  private void write(BlockTransform transform, int last, Plane plane, int at) {
    int stride = plane.stride();
    if (last > 0) {
      transform.transform(block, last, plane.samples(), at, stride);
      Arrays.fill(block, 0);
      return;
    }
    // A block of one value: the same as by transforming it, but for rounding.
    int side = transform.side();
    float value = side == SIDE ? block[0] : block[0] / side;
    for (int row = 0; row < side; row++) {
      Arrays.fill(plane.samples(), at + row * stride, at + row * stride + side, value);
    }
  }
}
