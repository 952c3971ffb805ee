package org.espalier.images;

import org.espalier.images.baseline.BaselineDecoder;
import org.espalier.images.baseline.BaselineEncoder;
import org.espalier.images.baseline.PlaneResizer;
import org.espalier.images.baseline.Planes;

/** The way of most images through a {@link Reencoder}: baseline JPEG without a detour over RGB. */
final class UsualPath {
  /** What is on the heap at most: 16 to 48 MiB. */
  private static final long MOST_PIXELS = 1L << 22;

  private final BaselineDecoder decoder = new BaselineDecoder();
  private final PlaneResizer resizer = new PlaneResizer();
  private final BaselineEncoder encoder;
  private final Planes decoded = new Planes();
  private final Planes resized = new Planes();

  UsualPath(int quality) {
    encoder = new BaselineEncoder(quality);
  }

  /** Whether an image may go this way. */
  static boolean takes(ImageHeader header, Reduction reduction, Orientation orientation) {
    long pixels = (long) reduction.of(header.width()) * reduction.of(header.height());
    return header.format() == ImageFormat.JPEG
        && pixels <= MOST_PIXELS
        && (orientation == Orientation.AS_STORED || header.orientation() == ImageHeader.UPRIGHT);
  }

  /** Decodes and resizes; false if the file has not the usual form. */
  boolean resize(byte[] file, int length, Reduction reduction, int width, int height) {
    if (!decoder.decode(file, length, reduction.divisor(), decoded)) {
      return false;
    }
    resizer.resize(decoded, reduction.divisor(), width, height, resized);
    return true;
  }

  /** The file of the image that was resized. */
  byte[] encode() {
    return encoder.encode(resized);
  }
}
