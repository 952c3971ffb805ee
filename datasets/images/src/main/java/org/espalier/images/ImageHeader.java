package org.espalier.images;

/**
 * The facts that a file tells before its pixels are decoded.
 *
 * @param format of the file
 * @param width in pixels as stored, at least 1
 * @param height in pixels as stored, at least 1
 * @param components per pixel: 1 gray, 3 colour, 4 CMYK or colour with transparency
 * @param orientation that EXIF data asks for, 1 (none) to 8
 */
public record ImageHeader(
    ImageFormat format, int width, int height, int components, int orientation) {
  /** The orientation of pixels that are stored as they are seen. */
  static final int UPRIGHT = 1;

  /**
   * Reads the header of a file.
   *
   * @param file begins with the bytes of the whole file
   * @param length of the file
   * @throws UnreadableImageException if it is neither a JPEG nor a PNG, or does not tell its size
   */
  public static ImageHeader of(byte[] file, int length) throws UnreadableImageException {
    ImageHeader header =
        switch (ImageFormat.of(file, length)) {
          case JPEG -> new JpegSegments(file, length).header();
          case PNG -> PngChunks.header(file, length);
        };
    if (header.width < 1 || header.height < 1) {
      throw new UnreadableImageException(
          "it says that it has %dx%d pixels".formatted(header.width, header.height));
    }
    return header;
  }

  /** The pixels of the whole image. */
  public long pixels() {
    return (long) width * height;
  }

  /** The shorter side. */
  public int shortSide() {
    return Math.min(width, height);
  }
}
