package org.espalier.images;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2RGB;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;

import org.bytedeco.opencv.opencv_core.Mat;

/**
 * The pixels of an image in native memory that is used again by the next image as large. Used by
 * one thread; close it to give the memory back.
 */
public final class RgbImage implements AutoCloseable {
  /** The bytes of a pixel: red, green and blue. */
  public static final int CHANNELS = 3;

  static {
    OpenCv.load();
  }

  /** {@code [height, width, 3]} in the order blue, green, red, which is OpenCV's. */
  private final Mat pixels = new Mat();

  private final Mat turned = new Mat();

  /** Pixels in pixels' columns; 0 before there are any. */
  public int width() {
    return pixels.cols();
  }

  /** Rows of pixels; 0 before there are any. */
  public int height() {
    return pixels.rows();
  }

  /** The bytes that {@link #copyTo} writes. */
  public int bytes() {
    return Math.multiplyExact(Math.multiplyExact(width(), height()), CHANNELS);
  }

  /**
   * Copies the pixels.
   *
   * @param rgb begins with {@code [height, width, 3]} unsigned bytes afterwards: red, green, blue
   * @throws IndexOutOfBoundsException if it is shorter
   */
  public void copyTo(byte[] rgb) {
    cvtColor(pixels, turned, COLOR_BGR2RGB);
    turned.data().get(rgb, 0, bytes());
  }

  /**
   * Takes pixels.
   *
   * @param rgb begins with {@code [height, width, 3]} unsigned bytes: red, green, blue
   */
  public void copyFrom(byte[] rgb, int width, int height) {
    turned.create(height, width, CV_8UC3);
    turned.data().put(rgb, 0, width * height * CHANNELS);
    cvtColor(turned, pixels, COLOR_BGR2RGB);
  }

  Mat pixels() {
    return pixels;
  }

  @Override
  public void close() {
    pixels.close();
    turned.close();
  }
}
