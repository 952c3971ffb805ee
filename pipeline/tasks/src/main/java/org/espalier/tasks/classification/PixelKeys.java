package org.espalier.tasks.classification;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.espalier.base.Refusal;
import org.espalier.base.settings.Key;
import org.espalier.base.settings.Keys;
import org.espalier.base.settings.Recipe;
import org.espalier.base.settings.Settings;
import org.espalier.base.settings.ValueKind;
import org.espalier.datasets.ImageShape;

/** The keys of how stored pixels become a network's input, {@link PixelScale}. */
public final class PixelKeys {
  private static final String NONE = "none";

  /** What pixels are divided by. */
  public static final Key<Integer> DIVISOR =
      Key.of("input.divisor", ValueKind.smallNumber(1), "255", "what pixels are divided by");

  /** What is subtracted from every image. */
  public static final Key<Centre> CENTRE =
      Key.of(
          "input.centre",
          ValueKind.choice(List.of(Centre.values())),
          "none",
          "what is subtracted from every image: none, or meanImage of the training split");

  /** What is subtracted from the divided pixels of each channel; empty for nothing. */
  public static final Key<List<Double>> MEAN =
      Key.of(
          "input.mean",
          channels("one number per channel", number -> true),
          NONE,
          "what is subtracted from the divided pixels, a number per channel such as 0.4914, 0.4822, 0.4465, or none; for JPEG images ImageNet's unless set");

  /** What each channel is divided by after that; empty for nothing. */
  public static final Key<List<Double>> DEVIATION =
      Key.of(
          "input.deviation",
          channels("one number above 0 per channel", number -> number > 0),
          NONE,
          "what is divided by after the mean is subtracted, a number per channel such as 0.2470, 0.2435, 0.2616, or none; for JPEG images ImageNet's unless set");

  private PixelKeys() {}

  /** All of them, in reading order. */
  public static Keys all() {
    return Keys.of(DIVISOR, CENTRE, MEAN, DEVIATION);
  }

  /**
   * A recipe with the input that is usual for CIFAR-10: mean and deviation of its training images,
   * crops within a border of 4 reflected pixels, and horizontal flips.
   */
  public static Recipe cifar10(Recipe recipe) {
    return recipe
        .with(MEAN, "0.4914, 0.4822, 0.4465")
        .with(DEVIATION, "0.2470, 0.2435, 0.2616")
        .with(Augmentation.CROP, "4")
        .with(Augmentation.BORDER, Border.REFLECT.toString())
        .with(Augmentation.FLIP, Flip.HORIZONTAL.toString());
  }

  /**
   * Checks settings.
   *
   * @throws Refusal if they contradict each other, or have not a number per channel
   */
  static void check(Settings settings, ImageShape shape) {
    if (settings.value(CENTRE) == Centre.MEAN_IMAGE && !settings.value(MEAN).isEmpty()) {
      throw new Refusal(
          "Cannot use %s = %s with %s = %s: both subtract a mean; remove one of them."
              .formatted(
                  MEAN.path(), text(settings.value(MEAN)), CENTRE.path(), Centre.MEAN_IMAGE));
    }
    requirePerChannel(MEAN, settings, shape);
    requirePerChannel(DEVIATION, settings, shape);
  }

  private static void requirePerChannel(
      Key<List<Double>> key, Settings settings, ImageShape shape) {
    List<Double> numbers = settings.value(key);
    if (!numbers.isEmpty() && numbers.size() != shape.channels()) {
      throw new Refusal(
          "Cannot use %s = %s with images of %s: it must be one number for each of their channels, %d, or none."
              .formatted(key.path(), text(numbers), shape, shape.channels()));
    }
  }

  private static String text(List<Double> numbers) {
    return String.join(", ", numbers.stream().map(String::valueOf).toList());
  }

  private static ValueKind<List<Double>> channels(String numbers, Predicate<Double> allowed) {
    return new ValueKind<>(
        "none, or %s with commas between them".formatted(numbers),
        text ->
            text.equals(NONE)
                ? List.of()
                : Arrays.stream(text.split(",", -1)).map(Double::valueOf).toList(),
        all -> all.stream().allMatch(number -> Double.isFinite(number) && allowed.test(number)));
  }
}
