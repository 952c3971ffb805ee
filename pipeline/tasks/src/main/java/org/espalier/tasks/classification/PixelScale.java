package org.espalier.tasks.classification;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.espalier.base.settings.Settings;
import org.espalier.datasets.ImageShape;
import org.espalier.tasks.SplitSums;

/**
 * The values that a network sees of stored pixels: {@code (pixel / divisor - mean) / deviation},
 * where the mean is that of a channel or an image of means, and the deviation a channel's.
 * Immutable.
 */
final class PixelScale implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int PIXELS = 256;

  private final ImageShape shape;
  private final float[] values; // [channels, 256]
  private final float[] centre; // [channels, height, width], or empty

  private PixelScale(ImageShape shape, float[] values, float[] centre) {
    this.shape = shape;
    this.values = values;
    this.centre = centre;
  }

  /**
   * The scale that a configuration describes.
   *
   * @param sums of every pixel over the training images, where their mean is subtracted
   */
  static PixelScale of(Settings settings, ImageShape shape, Optional<SplitSums> sums) {
    int divisor = settings.value(PixelKeys.DIVISOR);
    List<Double> means = settings.value(PixelKeys.MEAN);
    List<Double> deviations = settings.value(PixelKeys.DEVIATION);
    float[] values = new float[shape.channels() * PIXELS];
    for (int i = 0; i < values.length; i++) {
      int channel = i / PIXELS;
      values[i] = value(i % PIXELS, divisor, at(means, channel, 0), at(deviations, channel, 1));
    }
    float[] centre =
        sums.map(of -> centre(of, shape, divisor, deviations)).orElseGet(() -> new float[0]);
    return new PixelScale(shape, values, centre);
  }

  /** Without mean and deviation the product that earlier versions had, whose bits differ. */
  private static float value(int pixel, int divisor, double mean, double deviation) {
    return mean == 0 && deviation == 1
        ? pixel * (1f / divisor)
        : (float) (((double) pixel / divisor - mean) / deviation);
  }

  private static float[] centre(
      SplitSums pixels, ImageShape shape, int divisor, List<Double> deviations) {
    float[] centre = new float[pixels.sums().length];
    int plane = shape.height() * shape.width();
    for (int i = 0; i < centre.length; i++) {
      double mean = pixels.sums()[i] / ((double) pixels.rows() * divisor);
      centre[i] = (float) (mean / at(deviations, i / plane, 1));
    }
    return centre;
  }

  private static double at(List<Double> channels, int channel, double otherwise) {
    return channels.isEmpty() ? otherwise : channels.get(channel);
  }

  /**
   * Writes what is seen of an image.
   *
   * @param pixels {@code [channels, height, width]}, unsigned
   * @param target filled in the order of the layout
   */
  void apply(byte[] pixels, PixelWindow window, PixelLayout layout, float[] target) {
    int step = layout.step(shape);
    int seen = 0;
    for (int channel = 0; channel < shape.channels(); channel++) {
      int at = layout.first(channel, shape);
      for (int y = 0; y < shape.height(); y++) {
        int row = window.row(y);
        int begin = (channel * shape.height() + row) * shape.width();
        for (int x = 0; x < shape.width(); x++) {
          int column = window.column(x);
          int pixel = (row | column) < 0 ? 0 : pixels[begin + column] & 0xFF;
          float value = values[channel * PIXELS + pixel];
          target[at] = centre.length == 0 ? value : value - centre[seen];
          at += step;
          seen++;
        }
      }
    }
  }
}
