package org.espalier.images;

import static org.bytedeco.opencv.global.opencv_core.flip;
import static org.bytedeco.opencv.global.opencv_core.transpose;

import org.bytedeco.opencv.opencv_core.Mat;

/** Turns and mirrors pixels as an EXIF orientation asks for. */
final class Orienter implements AutoCloseable {
  /** Around the horizontal axis, around the vertical one, around both: OpenCV's codes. */
  private static final int UPSIDE_DOWN = 0;

  private static final int MIRRORED = 1;
  private static final int BOTH = -1;

  private final Mat scratch = new Mat();

  void apply(int orientation, Mat pixels) {
    switch (orientation) {
      case 2 -> flipped(pixels, MIRRORED);
      case 3 -> flipped(pixels, BOTH);
      case 4 -> flipped(pixels, UPSIDE_DOWN);
      case 5 -> transposed(pixels);
      case 6 -> {
        transposed(pixels);
        flipped(pixels, MIRRORED);
      }
      case 7 -> {
        transposed(pixels);
        flipped(pixels, BOTH);
      }
      case 8 -> {
        transposed(pixels);
        flipped(pixels, UPSIDE_DOWN);
      }
      default -> {
        // 1, as stored
      }
    }
  }

  private void flipped(Mat pixels, int code) {
    flip(pixels, scratch, code);
    scratch.copyTo(pixels);
  }

  private void transposed(Mat pixels) {
    transpose(pixels, scratch);
    scratch.copyTo(pixels);
  }

  @Override
  public void close() {
    scratch.close();
  }
}
