package org.espalier.tasks.classification;

import java.io.Serializable;
import java.util.List;
import org.espalier.base.Mix64;
import org.espalier.base.Refusal;
import org.espalier.base.settings.Key;
import org.espalier.base.settings.Keys;
import org.espalier.base.settings.Settings;
import org.espalier.base.settings.ValueKind;
import org.espalier.datasets.ImageShape;

/**
 * The random crop and flip of training images (He et al. 2016, section 4.2; Zagoruyko and Komodakis
 * 2016): an image gets a border of some pixels, a crop of the image's own size is taken of it,
 * every place equally likely, and one in two is mirrored. A function of (seed, epoch, row) alone.
 * Immutable.
 *
 * @param seed of the run
 * @param margin pixels of border on each side; 0 crops nothing
 * @param border what the border shows
 * @param flip how images are mirrored
 */
record Augmentation(long seed, int margin, Border border, Flip flip) implements Serializable {
  /** Pixels of border. */
  static final Key<Integer> CROP =
      Key.of(
          "input.crop",
          ValueKind.smallNumber(0),
          "0",
          "pixels of border around a training image of stored pixels, of which a crop of its size is taken at random; 0 for no crops");

  /** What the border shows. */
  static final Key<Border> BORDER =
      Key.of(
          "input.border",
          ValueKind.choice(List.of(Border.values())),
          "zero",
          "what crops show beyond an image: zero, pixels of 0, or reflect, the image mirrored at its outermost pixels");

  /** Whether images are mirrored. */
  static final Key<Flip> FLIP =
      Key.of(
          "input.flip",
          ValueKind.choice(List.of(Flip.values())),
          "none",
          "how training images are mirrored at random: none, or horizontal, one in two; for JPEG images horizontal unless set");

  private static final long serialVersionUID = 1L;
  private static final long PURPOSE = Mix64.of("crop and flip of an image");
  private static final int DOWN = 0;
  private static final int RIGHT = 1;
  private static final int MIRRORED = 2;

  /** All keys, in reading order. */
  static Keys keys() {
    return Keys.of(CROP, BORDER, FLIP);
  }

  /** No change at all, as in evaluation. */
  static Augmentation none() {
    return new Augmentation(0, 0, Border.ZERO, Flip.NONE);
  }

  /** The augmentation that a configuration describes. */
  static Augmentation of(Settings settings, long seed) {
    return new Augmentation(
        seed, settings.value(CROP), settings.value(BORDER), settings.value(FLIP));
  }

  /**
   * Checks settings.
   *
   * @throws Refusal if one would be ignored, or the border does not fit the images
   */
  static void check(Settings settings, ImageShape shape) {
    int margin = settings.value(CROP);
    if (margin == 0 && !settings.isDefault(BORDER)) {
      throw new Refusal(
          "Cannot use %s = %s with %s = 0: nothing is cropped; set %s to 4, or remove it."
              .formatted(BORDER.path(), settings.value(BORDER), CROP.path(), CROP.path()));
    }
    int side = Math.min(shape.height(), shape.width());
    if (margin >= side) {
      throw new Refusal(
          "Cannot use %s = %d with images of %s: it must be below their shorter side, %d."
              .formatted(CROP.path(), margin, shape, side));
    }
  }

  /** Whether it changes anything. */
  boolean isNone() {
    return margin == 0 && flip == Flip.NONE;
  }

  /** The key of an epoch's random numbers. */
  long key(long epoch) {
    return Mix64.key(seed, PURPOSE, epoch);
  }

  /**
   * Places a window as an image is seen.
   *
   * @param key of the epoch
   * @param number of the row in its split
   */
  void place(long key, long number, PixelWindow window) {
    long row = Mix64.at(key, number);
    window.move(distance(row, DOWN), distance(row, RIGHT), border);
    if (flip == Flip.HORIZONTAL && Mix64.at(row, MIRRORED) < 0) {
      window.mirror();
    }
  }

  private int distance(long row, int index) {
    return margin == 0 ? 0 : Mix64.below(2 * margin + 1, row, index) - margin;
  }
}
