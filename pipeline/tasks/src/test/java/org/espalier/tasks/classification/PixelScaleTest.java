package org.espalier.tasks.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.espalier.base.Refusal;
import org.espalier.base.settings.Recipe;
import org.espalier.base.settings.Settings;
import org.espalier.datasets.ImageShape;
import org.espalier.datasets.PixelImages;
import org.espalier.tasks.SplitSums;
import org.junit.jupiter.api.Test;

class PixelScaleTest {
  private static final ImageShape SHAPE = new ImageShape(3, 1, 2);
  private static final ImageClassification TASK = new ImageClassification();
  private static final byte[] PIXELS = {4, 0, 8, (byte) 200, 2, (byte) 255};

  private final PixelWindow window = new PixelWindow(1, 2);

  private static Settings settings(Map<String, String> written) {
    return Settings.of(TASK.keys(), written);
  }

  private float[] seen(Map<String, String> written, Optional<SplitSums> sums, PixelLayout layout) {
    float[] target = new float[6];
    PixelScale.of(settings(written), SHAPE, sums).apply(PIXELS, window, layout, target);
    return target;
  }

  @Test
  void channelsAreStandardisedEachByItsOwn() {
    Map<String, String> written =
        Map.of("input.divisor", "2", "input.mean", "1, 2, 3", "input.deviation", "0.5, 2, 4");
    assertThat(seen(written, Optional.empty(), PixelLayout.ROWS))
        .containsExactly(2, -2, 1, 49, -0.5f, 31.125f);
    assertThat(seen(written, Optional.empty(), PixelLayout.CHANNELS_LAST))
        .containsExactly(2, 1, -0.5f, -2, 49, 31.125f);
  }

  @Test
  void theUsualValuesOfCifar10AreARecipe() {
    Settings usual = settings(Map.of()).by(PixelKeys.cifar10(Recipe.none()));
    float[] target = new float[6];
    PixelScale.of(usual, SHAPE, Optional.empty()).apply(PIXELS, window, PixelLayout.ROWS, target);
    assertThat(target)
        .containsExactly(
            (float) ((4 / 255.0 - 0.4914) / 0.2470),
            (float) (-0.4914 / 0.2470),
            (float) ((8 / 255.0 - 0.4822) / 0.2435),
            (float) ((200 / 255.0 - 0.4822) / 0.2435),
            (float) ((2 / 255.0 - 0.4465) / 0.2616),
            (float) ((1 - 0.4465) / 0.2616));
    assertThat(Augmentation.of(usual, 5))
        .isEqualTo(new Augmentation(5, 4, Border.REFLECT, Flip.HORIZONTAL));
  }

  @Test
  void withoutMeanAndDeviationPixelsAreMultipliedByTheReciprocal() {
    assertThat(seen(Map.of("input.divisor", "3"), Optional.empty(), PixelLayout.ROWS))
        .containsExactly(
            4 * (1f / 3), 0, 8 * (1f / 3), 200 * (1f / 3), 2 * (1f / 3), 255 * (1f / 3));
  }

  @Test
  void theMeanImageIsSubtractedWhereItIsSeen() {
    SplitSums sums = new SplitSums(2, new long[] {8, 16, 8, 16, 8, 16});
    window.move(0, 1, Border.ZERO);
    assertThat(seen(Map.of("input.divisor", "4"), Optional.of(sums), PixelLayout.ROWS))
        .containsExactly(-1, -2, 49, -2, 62.75f, -2);
    window.whole();
    Map<String, String> deviating = Map.of("input.divisor", "4", "input.deviation", "1, 2, 4");
    assertThat(seen(deviating, Optional.of(sums), PixelLayout.ROWS))
        .containsExactly(0, -2, 0.5f, 24, -0.125f, 15.4375f);
  }

  @Test
  void aBorderOfZerosIsStandardisedLikeAPixelOfZero() {
    window.move(0, 1, Border.ZERO);
    Map<String, String> written = Map.of("input.divisor", "2", "input.mean", "1, 2, 3");
    assertThat(seen(written, Optional.empty(), PixelLayout.ROWS))
        .containsExactly(-1, -1, 98, -2, 124.5f, -3);
  }

  private static void assertRefused(String sentence, String... written) {
    Settings settings =
        written.length == 2
            ? settings(Map.of(written[0], written[1]))
            : settings(Map.of(written[0], written[1], written[2], written[3]));
    assertThatThrownBy(() -> TASK.check(new PixelImages(SHAPE, 2), settings))
        .isInstanceOf(Refusal.class)
        .hasMessage(sentence);
  }

  @Test
  void settingsThatDoNotFitTheImagesAreRefused() {
    assertRefused(
        "Cannot use input.mean = 0.5 with images of 3x1x2: it must be one number for each of their"
            + " channels, 3, or none.",
        "input.mean",
        "0.5");
    assertRefused(
        "Cannot use input.deviation = 1.0, 2.0 with images of 3x1x2: it must be one number for each"
            + " of their channels, 3, or none.",
        "input.deviation",
        "1, 2");
    assertRefused(
        "Cannot use input.crop = 1 with images of 3x1x2: it must be below their shorter side, 1.",
        "input.crop",
        "1");
  }

  @Test
  void settingsThatWouldBeIgnoredOrContradictEachOtherAreRefused() {
    assertRefused(
        "Cannot use input.border = reflect with input.crop = 0: nothing is cropped; set input.crop"
            + " to 4, or remove it.",
        "input.border",
        "reflect");
    assertRefused(
        "Cannot use input.mean = 1.0, 2.0, 3.0 with input.centre = meanImage: both subtract a mean;"
            + " remove one of them.",
        "input.mean",
        "1, 2, 3",
        "input.centre",
        "meanImage");
  }

  @Test
  void deviationsMustBeAboveZero() {
    assertThatThrownBy(() -> settings(Map.of("input.deviation", "1, 0, 1")))
        .hasMessage(
            "Cannot use input.deviation = 1, 0, 1: it must be none, or one number above 0 per"
                + " channel with commas between them.");
  }
}
