package org.espalier.images;

import org.espalier.images.baseline.BaselineDecoder;
import org.espalier.images.baseline.ColourTransform;
import org.espalier.images.baseline.PlaneResizer;
import org.espalier.images.baseline.Planes;
import org.espalier.images.baseline.Region;

/**
 * Decodes regions of images at one size, as networks take them: bicubic as {@link Resizer}, from a
 * half, a quarter or an eighth of the file's pixels where both sides of the region stay at least as
 * long as those of the result ({@link Reduction}). Orientations of EXIF data are not applied. The
 * same file and region give the same values. Used by one thread.
 *
 * <p>Of a baseline JPEG only the region is transformed, and values keep their fractions: float32 in
 * a fixed order, the same bits on every machine. What is behind the region's last row is not looked
 * at. Other files are decoded whole by {@link JpegDecoder}.
 */
public final class CropDecoder implements AutoCloseable {
  private final JpegDecoder decoder;
  private final BaselineDecoder baseline = new BaselineDecoder();
  private final PlaneResizer planeResizer = new PlaneResizer();
  private final Planes decoded = new Planes();
  private final Planes cropped = new Planes();
  private final Resizer resizer = new Resizer();
  private final RgbImage whole = new RgbImage();
  private final RgbImage resized = new RgbImage();
  private byte[] bytes = {};

  /** A decoder of images of at most {@link JpegDecoder#MAX_PIXELS_DEFAULT} pixels. */
  public CropDecoder() {
    this.decoder = new JpegDecoder();
  }

  /**
   * The header of a file.
   *
   * @param file begins with the file's {@code length} bytes
   * @throws UnreadableImageException if it is no image, or too large a one
   */
  public ImageHeader header(byte[] file, int length) throws UnreadableImageException {
    return decoder.header(file, length);
  }

  /**
   * Decodes a region.
   *
   * @param file begins with the file's {@code length} bytes
   * @param header as {@link #header} tells it
   * @param region inside the image
   * @param side of the result in pixels, at least 1
   * @param rgb begins with {@code [3, side, side]} afterwards: red, green and blue from 0 to 255
   * @throws UnreadableImageException if no decoder reads it
   */
  public void decode(
      byte[] file, int length, ImageHeader header, Region region, int side, float[] rgb)
      throws UnreadableImageException {
    if (!region.fits(header.width(), header.height())) {
      throw new IllegalArgumentException(
          "Cannot crop %s of %dx%d pixels: it ends behind the image"
              .formatted(region, header.width(), header.height()));
    }
    Reduction reduction = Reduction.keeping(side, region.shortSide());
    if (UsualPath.takes(header, reduction, Orientation.AS_STORED)
        && baseline.decode(file, length, reduction.divisor(), region, decoded)) {
      planeResizer.crop(decoded, reduction.divisor(), region, side, side, cropped);
      ColourTransform.rgb(cropped, rgb);
    } else {
      decoder.decode(file, length, header, reduction, Orientation.AS_STORED, whole);
      resizer.resize(whole, reduction.of(region, whole), side, side, resized);
      toPlanes(side * side, rgb);
    }
  }

  private void toPlanes(int plane, float[] rgb) {
    if (bytes.length < resized.bytes()) {
      bytes = new byte[resized.bytes()];
    }
    resized.copyTo(bytes);
    for (int channel = 0; channel < RgbImage.CHANNELS; channel++) {
      for (int i = 0; i < plane; i++) {
        rgb[channel * plane + i] = bytes[RgbImage.CHANNELS * i + channel] & 0xFF;
      }
    }
  }

  @Override
  public void close() {
    decoder.close();
    resizer.close();
    whole.close();
    resized.close();
  }
}
