package org.espalier.tasks.classification;

import org.espalier.base.Refusal;
import org.espalier.base.settings.Key;
import org.espalier.base.settings.Recipe;
import org.espalier.base.settings.Settings;
import org.espalier.base.settings.ValueKind;
import org.espalier.datasets.rows.RowKind;
import org.espalier.tasks.TrainingKeys;

/** The keys of how JPEG images become a network's input. */
public final class CropKeys {
  /** The side of the images that a network sees. */
  public static final Key<Integer> SIZE =
      Key.of(
          "input.size",
          ValueKind.smallNumber(1, 4096),
          "224",
          "pixels along each side of what is seen of a JPEG image: in training a random crop, in evaluation the centre");

  /** Rows that a worker holds twice, at some 100 kB each. */
  private static final String WINDOW = "256";

  private CropKeys() {}

  /**
   * The defaults of JPEG images: mean and deviation of ImageNet's colours, random horizontal flips,
   * no crops within a border, and a window that fits into memory.
   */
  static Recipe recipe() {
    return Recipe.none()
        .with(PixelKeys.MEAN, "0.485, 0.456, 0.406")
        .with(PixelKeys.DEVIATION, "0.229, 0.224, 0.225")
        .with(Augmentation.CROP, "0")
        .with(Augmentation.BORDER, Border.ZERO.toString())
        .with(Augmentation.FLIP, Flip.HORIZONTAL.toString())
        .with(TrainingKeys.SHUFFLE_WINDOW, WINDOW);
  }

  /**
   * Checks settings for JPEG images.
   *
   * @param leastSide of the images that the network takes
   * @throws Refusal if the network takes no crops as small, or a key is for stored pixels alone
   */
  static void check(Settings settings, int leastSide) {
    int size = settings.value(SIZE);
    if (size < leastSide) {
      throw new Refusal(
          "Cannot use %s = %d: the network takes no images smaller than %dx%d; use %d or more, or another network."
              .formatted(SIZE.path(), size, leastSide, leastSide, leastSide));
    }
    refuseForJpeg(Augmentation.CROP, settings);
    refuseForJpeg(Augmentation.BORDER, settings);
    if (settings.value(PixelKeys.CENTRE) == Centre.MEAN_IMAGE) {
      throw new Refusal(
          "Cannot use %s = %s with JPEG images: they have no shape in common, so there is no mean image; use %s, a mean per channel."
              .formatted(PixelKeys.CENTRE.path(), Centre.MEAN_IMAGE, PixelKeys.MEAN.path()));
    }
  }

  private static void refuseForJpeg(Key<?> key, Settings settings) {
    if (!settings.isDefault(key)) {
      throw new Refusal(
          "Cannot use %s = %s with JPEG images: it is for stored pixels of one shape, and crops of random size and place are taken of JPEG images anyway; remove it."
              .formatted(key.path(), settings.value(key)));
    }
  }

  /**
   * Checks settings for stored pixels.
   *
   * @throws Refusal if a size is asked for
   */
  static void refuseFor(RowKind pixels, Settings settings) {
    if (!settings.isDefault(SIZE)) {
      throw new Refusal(
          "Cannot use %s = %d with %s: stored pixels are seen at their own size; remove it, or name a dataset of JPEG images."
              .formatted(SIZE.path(), settings.value(SIZE), pixels));
    }
  }
}
