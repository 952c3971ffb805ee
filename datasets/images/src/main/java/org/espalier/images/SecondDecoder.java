package org.espalier.images;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;
import org.espalier.base.Reason;

/** ImageIO with TwelveMonkeys' plug-in, which tells what is wrong with a file. */
final class SecondDecoder {
  /** The warning of the JDK's JPEG library when it makes up rows. */
  private static final String ROWS_MISSING = "premature end";

  static {
    ImageIO.scanForPlugins();
  }

  /**
   * Asks whether a file is whole.
   *
   * @throws UnreadableImageException if it cannot be decoded, or rows are missing
   */
  void check(byte[] file, int length) throws UnreadableImageException {
    read(file, length);
  }

  void decode(byte[] file, int length, ImageHeader header, Reduction reduction, RgbImage into)
      throws UnreadableImageException {
    BufferedImage image = read(file, length);
    if (image.getWidth() != header.width() || image.getHeight() != header.height()) {
      throw new UnreadableImageException(
          "it has %dx%d pixels where its header says %dx%d"
              .formatted(image.getWidth(), image.getHeight(), header.width(), header.height()));
    }
    try (Mat whole = new Mat(header.height(), header.width(), CV_8UC3);
        Size size = new Size(reduction.of(header.width()), reduction.of(header.height()))) {
      copy(image, whole);
      opencv_imgproc.resize(whole, into.pixels(), size, 0, 0, INTER_AREA);
    }
  }

  private static BufferedImage read(byte[] file, int length) throws UnreadableImageException {
    try (ImageInputStream in = new ByteArrayImageInputStream(file, 0, length)) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new UnreadableImageException("no decoder knows its format");
      }
      ImageReader reader = readers.next();
      try {
        boolean[] rowsMissing = new boolean[1];
        reader.addIIOReadWarningListener(
            (source, warning) -> rowsMissing[0] |= warning.contains(ROWS_MISSING));
        reader.setInput(in, true, false);
        BufferedImage image = reader.read(0);
        if (rowsMissing[0]) {
          throw new UnreadableImageException("it ends before its last row");
        }
        return image;
      } finally {
        reader.dispose();
      }
    } catch (UnreadableImageException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new UnreadableImageException("no decoder reads it: " + Reason.of(e), e);
    }
  }

  private static void copy(BufferedImage image, Mat into) {
    int width = image.getWidth();
    int[] argb = new int[width];
    byte[] bgr = new byte[width * RgbImage.CHANNELS];
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRGB(0, y, width, 1, argb, 0, width);
      for (int x = 0; x < width; x++) {
        bgr[3 * x] = (byte) argb[x];
        bgr[3 * x + 1] = (byte) (argb[x] >> 8);
        bgr[3 * x + 2] = (byte) (argb[x] >> 16);
      }
      into.ptr(y).put(bgr, 0, bgr.length);
    }
  }
}
