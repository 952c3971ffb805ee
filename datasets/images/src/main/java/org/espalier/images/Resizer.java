package org.espalier.images;

import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_CUBIC;

import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Size;
import org.espalier.images.baseline.Region;

/**
 * Resizes images bicubically: by the kernel of Keys (1981) with a = -0.75 over 4x4 pixels. An image
 * that is to shrink to less than half is first halved by means of 2x2 pixels until it is not, so
 * that no pixel is skipped. Used by one thread.
 */
public final class Resizer implements AutoCloseable {
  static {
    OpenCv.load();
  }

  private final Mat halved = new Mat();
  private final Mat halvedAgain = new Mat();

  /**
   * Resizes a region of an image.
   *
   * @param region inside {@code image}
   * @param into its pixels afterwards, {@code width} x {@code height}; another image
   */
  public void resize(RgbImage image, Region region, int width, int height, RgbImage into) {
    try (Rect rectangle = new Rect(region.x(), region.y(), region.width(), region.height());
        Mat part = new Mat(image.pixels(), rectangle)) {
      Mat from = part;
      Mat next = halved;
      Mat afterNext = halvedAgain;
      while (from.cols() >= 2 * width && from.rows() >= 2 * height) {
        to(from, next, from.cols() / 2, from.rows() / 2, INTER_AREA);
        from = next;
        next = afterNext;
        afterNext = from;
      }
      to(from, into.pixels(), width, height, INTER_CUBIC);
    }
  }

  private static void to(Mat from, Mat into, int width, int height, int interpolation) {
    try (Size size = new Size(width, height)) {
      opencv_imgproc.resize(from, into, size, 0, 0, interpolation);
    }
  }

  @Override
  public void close() {
    halved.close();
    halvedAgain.close();
  }
}
