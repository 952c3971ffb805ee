package org.espalier.images;

import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_QUALITY;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;

/** Encodes images as baseline JPEG with chroma at half the sides (4:2:0). Used by one thread. */
public final class JpegEncoder implements AutoCloseable {
  static {
    OpenCv.load();
  }

  private final IntPointer parameters;
  private final BytePointer encoded = new BytePointer();

  /**
   * @param quality of the Independent JPEG Group, 1 to 100
   * @throws IllegalArgumentException if it is out of range
   */
  public JpegEncoder(int quality) {
    if (quality < 1 || quality > 100) {
      throw new IllegalArgumentException(
          "Cannot encode JPEG with quality " + quality + ": it must be 1 to 100");
    }
    parameters = new IntPointer(IMWRITE_JPEG_QUALITY, quality);
  }

  /** The image as a JPEG file. */
  public byte[] encode(RgbImage image) {
    if (!imencode(".jpg", image.pixels(), encoded, parameters)) {
      throw new IllegalStateException(
          "OpenCV did not encode an image of " + image.width() + "x" + image.height() + " pixels");
    }
    byte[] bytes = new byte[(int) encoded.limit()];
    encoded.get(bytes);
    return bytes;
  }

  @Override
  public void close() {
    parameters.close();
    encoded.close();
  }
}
