package org.espalier.tasks.classification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.espalier.base.settings.Settings;
import org.espalier.datasets.JpegImages;
import org.junit.jupiter.api.Test;

class ChannelScaleTest {
  private static final CroppedImages IMAGES = new CroppedImages(JpegImages.numbered(2), 2);
  private static final float[] RGB = {0, 255, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100};

  private static float[] seen(Settings settings, boolean mirrored, PixelLayout layout) {
    float[] target = new float[12];
    ChannelScale.of(settings, IMAGES).apply(RGB, mirrored, layout, target);
    return target;
  }

  private static Settings settings(Map<String, String> written) {
    return Settings.of(new ImageClassification().keys(), written);
  }

  @Test
  void imageNetsMeanAndDeviationAreTheDefaultOfJpegImages() {
    float[] found = seen(settings(Map.of()).by(CropKeys.recipe()), false, PixelLayout.ROWS);
    double[] means = {0.485, 0.456, 0.406};
    double[] deviations = {0.229, 0.224, 0.225};
    for (int i = 0; i < 12; i++) {
      double wanted = (RGB[i] - 255 * means[i / 4]) / (255 * deviations[i / 4]);
      assertThat((double) found[i]).isCloseTo(wanted, org.assertj.core.data.Offset.offset(2e-6));
    }
  }

  @Test
  void aMirrorImageExchangesLeftAndRightInEveryLayout() {
    Settings plain = settings(Map.of("input.divisor", "1"));
    assertThat(seen(plain, true, PixelLayout.ROWS))
        .containsExactly(255, 0, 20, 10, 40, 30, 60, 50, 80, 70, 100, 90);
    assertThat(seen(plain, false, PixelLayout.CHANNELS_LAST))
        .containsExactly(0, 30, 70, 255, 40, 80, 10, 50, 90, 20, 60, 100);
    assertThat(seen(plain, true, PixelLayout.CHANNELS_LAST))
        .containsExactly(255, 40, 80, 0, 30, 70, 20, 60, 100, 10, 50, 90);
  }
}
