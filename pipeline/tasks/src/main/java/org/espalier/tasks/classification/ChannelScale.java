package org.espalier.tasks.classification;

import java.io.Serializable;
import java.util.List;
import org.espalier.base.settings.Settings;

/**
 * The values that a network sees of colours: {@code (value / divisor - mean) / deviation} with a
 * mean and a deviation per channel. Immutable.
 */
final class ChannelScale implements Serializable {
  private static final long serialVersionUID = 1L;

  private final CroppedImages images;
  private final float[] factors;
  private final float[] shifts;

  private ChannelScale(CroppedImages images, float[] factors, float[] shifts) {
    this.images = images;
    this.factors = factors;
    this.shifts = shifts;
  }

  /** The scale that a configuration describes. */
  static ChannelScale of(Settings settings, CroppedImages images) {
    int channels = images.shape().channels();
    float[] factors = new float[channels];
    float[] shifts = new float[channels];
    for (int channel = 0; channel < channels; channel++) {
      double deviation = at(settings.value(PixelKeys.DEVIATION), channel, 1);
      factors[channel] = (float) (1 / (settings.value(PixelKeys.DIVISOR) * deviation));
      shifts[channel] = (float) (-at(settings.value(PixelKeys.MEAN), channel, 0) / deviation);
    }
    return new ChannelScale(images, factors, shifts);
  }

  private static double at(List<Double> channels, int channel, double otherwise) {
    return channels.isEmpty() ? otherwise : channels.get(channel);
  }

  /**
   * Writes what is seen of a crop.
   *
   * @param rgb {@code [3, side, side]} from 0 to 255
   * @param mirrored whether left and right are exchanged
   * @param target filled in the order of the layout
   */
  void apply(float[] rgb, boolean mirrored, PixelLayout layout, float[] target) {
    int side = images.side();
    int step = layout.step(images.shape());
    int along = mirrored ? -step : step;
    for (int channel = 0; channel < factors.length; channel++) {
      float factor = factors[channel];
      float shift = shifts[channel];
      int begin = layout.first(channel, images.shape()) + (mirrored ? (side - 1) * step : 0);
      for (int y = 0; y < side; y++) {
        int from = (channel * side + y) * side;
        int at = begin + y * side * step;
        for (int x = 0; x < side; x++, at += along) {
          target[at] = rgb[from + x] * factor + shift;
        }
      }
    }
  }
}
