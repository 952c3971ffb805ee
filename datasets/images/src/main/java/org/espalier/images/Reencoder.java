package org.espalier.images;

import org.espalier.images.baseline.Region;

/**
 * Makes smaller JPEGs of images: decodes them, resizes them bicubically so that the short side has
 * a given length, and encodes them again. The same file gives the same bytes. Used by one thread.
 *
 * <p>A baseline JPEG of at most 2^22 pixels goes through planes of luminance and chrominance in
 * plain Java ({@link org.espalier.images.baseline}), which takes less than half of the time; all
 * else through OpenCV and RGB.
 */
public final class Reencoder implements AutoCloseable {
  /** The longest side of a JPEG that decoders take. */
  private static final int LONGEST_SIDE = 65_500;

  private final int shortSide;
  private final Decoding decoding;
  private final Orientation orientation;
  private final JpegDecoder decoder;
  private final JpegEncoder encoder;
  private final UsualPath usual;
  private final Resizer resizer = new Resizer();
  private final RgbImage whole = new RgbImage();
  private final RgbImage resized = new RgbImage();

  /**
   * @param shortSide of the results, at least 1
   * @param quality of the results, 1 to 100
   * @param decoding whether images are decoded whole
   * @param orientation whether EXIF orientations are applied
   * @param maxPixels of an image that is decoded; larger ones are unreadable
   */
  public Reencoder(
      int shortSide, int quality, Decoding decoding, Orientation orientation, long maxPixels) {
    if (shortSide < 1) {
      throw new IllegalArgumentException(
          "Cannot resize images to a short side of " + shortSide + ": it must be at least 1");
    }
    this.shortSide = shortSide;
    this.decoding = decoding;
    this.orientation = orientation;
    this.encoder = new JpegEncoder(quality);
    this.usual = new UsualPath(quality);
    this.decoder = new JpegDecoder(maxPixels);
  }

  /**
   * Makes the smaller image; a larger one where the short side is shorter than asked for.
   *
   * @param file begins with the file's {@code length} bytes
   * @throws UnreadableImageException if no decoder reads it, or the result would be too long
   */
  public EncodedImage reencode(byte[] file, int length) throws UnreadableImageException {
    ImageHeader header = decoder.header(file, length);
    long width = scaled(header.width(), header.shortSide());
    long height = scaled(header.height(), header.shortSide());
    if (Math.max(width, height) > LONGEST_SIDE) {
      throw new UnreadableImageException(
          "it would have %dx%d pixels, and no side may be longer than %d"
              .formatted(width, height, LONGEST_SIDE));
    }
    Reduction reduction = decoding.reduction(shortSide, header.shortSide());
    if (UsualPath.takes(header, reduction, orientation)
        && usual.resize(file, length, reduction, (int) width, (int) height)) {
      return new EncodedImage(usual.encode(), (int) width, (int) height);
    }
    decoder.decode(file, length, header, reduction, orientation, whole);
    boolean turned = whole.width() != reduction.of(header.width());
    int newWidth = (int) (turned ? height : width);
    int newHeight = (int) (turned ? width : height);
    resizer.resize(whole, Region.all(whole.width(), whole.height()), newWidth, newHeight, resized);
    return new EncodedImage(encoder.encode(resized), newWidth, newHeight);
  }

  private long scaled(int side, int shortest) {
    return Math.round((double) side * shortSide / shortest);
  }

  @Override
  public void close() {
    decoder.close();
    encoder.close();
    resizer.close();
    whole.close();
    resized.close();
  }
}
