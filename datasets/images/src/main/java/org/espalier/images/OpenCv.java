package org.espalier.images;

import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;

/** OpenCV's natives in this process, which compute on the calling thread alone. */
final class OpenCv {
  static {
    Loader.load(opencv_imgproc.class);
    Loader.load(opencv_imgcodecs.class);
    opencv_core.setNumThreads(1);
  }

  private OpenCv() {}

  /** Loads the natives at the first call. */
  static void load() {}
}
