package org.espalier.images;

import java.nio.ByteBuffer;

/** The first chunk of a PNG, which tells its size. */
final class PngChunks {
  private static final int WIDTH = 16;
  private static final int HEIGHT = 20;
  private static final int COLOUR_TYPE = 25;
  private static final int END_OF_FIRST = 33;
  private static final int COLOUR = 2;
  private static final int TRANSPARENCY = 4;

  private PngChunks() {}

  static ImageHeader header(byte[] file, int length) throws UnreadableImageException {
    if (length < END_OF_FIRST) {
      throw new UnreadableImageException("it ends before it tells its size");
    }
    ByteBuffer bytes = ByteBuffer.wrap(file, 0, length);
    int type = file[COLOUR_TYPE];
    int components = ((type & COLOUR) != 0 ? 3 : 1) + ((type & TRANSPARENCY) != 0 ? 1 : 0);
    return new ImageHeader(
        ImageFormat.PNG,
        bytes.getInt(WIDTH),
        bytes.getInt(HEIGHT),
        components,
        ImageHeader.UPRIGHT);
  }
}
