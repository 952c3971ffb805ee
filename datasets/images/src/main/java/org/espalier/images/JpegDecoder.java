package org.espalier.images;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_IGNORE_ORIENTATION;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_COLOR_2;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_COLOR_4;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_COLOR_8;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Decodes JPEG, and PNG in its place, to RGB: by OpenCV, and what that does not read by ImageIO
 * with TwelveMonkeys' plug-in. Gray and CMYK become RGB; ICC profiles are not applied. The same
 * file gives the same pixels. Used by one thread; its memory grows with the largest file.
 *
 * <p>A JPEG that ends before its last row is unreadable, as is one that only a decoder takes which
 * fills the rows that it cannot read with gray.
 */
public final class JpegDecoder implements AutoCloseable {
  /** The most pixels of an image unless told otherwise: 2^26, 192 MiB of RGB. */
  public static final long MAX_PIXELS_DEFAULT = 1L << 26;

  /** An end of image, which OpenCV needs where a file has none. */
  private static final byte[] END_OF_IMAGE = {(byte) 0xFF, (byte) 0xD9};

  static {
    OpenCv.load();
  }

  private final long maxPixels;
  private final Orienter orienter = new Orienter();
  private final SecondDecoder second = new SecondDecoder();
  private BytePointer encoded = new BytePointer(1L << 18);

  /** A decoder of images of at most {@link #MAX_PIXELS_DEFAULT} pixels. */
  public JpegDecoder() {
    this(MAX_PIXELS_DEFAULT);
  }

  /** A decoder of images of at most {@code maxPixels} pixels; larger ones are unreadable. */
  public JpegDecoder(long maxPixels) {
    if (maxPixels < 1) {
      throw new IllegalArgumentException(
          "Cannot decode images of at most " + maxPixels + " pixels: it must be at least 1");
    }
    this.maxPixels = maxPixels;
  }

  /**
   * The header of a file whose pixels this decoder would not refuse to decode for their number.
   *
   * @param file begins with the file's {@code length} bytes
   * @throws UnreadableImageException if it is no image, or too large a one
   */
  public ImageHeader header(byte[] file, int length) throws UnreadableImageException {
    ImageHeader header = ImageHeader.of(file, length);
    if (header.pixels() > maxPixels) {
      throw new UnreadableImageException(
          "it has %dx%d pixels, more than %d"
              .formatted(header.width(), header.height(), maxPixels));
    }
    return header;
  }

  /**
   * Decodes a file.
   *
   * @param file begins with the file's {@code length} bytes
   * @param header as {@link #header} tells it
   * @param reduction of a JPEG; the result has {@link Reduction#of} of its sides
   * @param into its pixels afterwards
   * @throws UnreadableImageException if no decoder reads it
   */
  public void decode(
      byte[] file,
      int length,
      ImageHeader header,
      Reduction reduction,
      Orientation orientation,
      RgbImage into)
      throws UnreadableImageException {
    if (header.format() == ImageFormat.JPEG && !new JpegSegments(file, length).isSound()) {
      second.check(file, length);
    }
    if (!decodeByOpenCv(file, length, reduction, into.pixels())
        || into.width() != reduction.of(header.width())
        || into.height() != reduction.of(header.height())) {
      second.decode(file, length, header, reduction, into);
    }
    if (orientation == Orientation.AS_SEEN) {
      orienter.apply(header.orientation(), into.pixels());
    }
  }

  private boolean decodeByOpenCv(byte[] file, int length, Reduction reduction, Mat into) {
    long bytes = (long) length + END_OF_IMAGE.length;
    if (encoded.capacity() < bytes) {
      encoded.close();
      encoded = new BytePointer(Math.max(bytes, 2 * encoded.capacity()));
    }
    encoded.position(0).put(file, 0, length);
    encoded.position(length).put(END_OF_IMAGE, 0, END_OF_IMAGE.length);
    encoded.position(0);
    try (Mat view = new Mat(1, (int) bytes, CV_8UC1, encoded)) {
      imdecode(view, flags(reduction), into);
      return !into.empty();
    } catch (RuntimeException e) {
      // JavaCPP's form of OpenCV's exceptions: the other decoder may know more.
      return false;
    }
  }

  private static int flags(Reduction reduction) {
    return IMREAD_IGNORE_ORIENTATION
        | switch (reduction) {
          case NONE -> IMREAD_COLOR;
          case HALF -> IMREAD_REDUCED_COLOR_2;
          case QUARTER -> IMREAD_REDUCED_COLOR_4;
          case EIGHTH -> IMREAD_REDUCED_COLOR_8;
        };
  }

  @Override
  public void close() {
    encoded.close();
    orienter.close();
  }
}
