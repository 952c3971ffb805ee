package org.espalier.tasks.classification;

import java.util.Optional;
import org.espalier.base.Mix64;
import org.espalier.images.baseline.Region;

/**
 * The random crop and flip of training images, distributed as TensorFlow's {@code
 * sample_distorted_bounding_box} with the paper's settings: a ratio of width to height between 3/4
 * and 4/3, then a height between those at which the crop has 0.08 of the image's area and all of
 * it, then a place, all of them uniformly; a crop that does not fit, or covers less than a tenth of
 * the image, is drawn again. After ten attempts, or where the crop is the whole image, the centre
 * crop of evaluation takes its place. A function of (seed, epoch, row) alone.
 *
 * @param seed of the run
 * @param centre the crop of last resort
 * @param flip how images are mirrored
 */
record RandomCrop(long seed, CentreCrop centre, Flip flip) implements Crop {
  private static final long serialVersionUID = 1L;
  private static final long PURPOSE = Mix64.of("random crop of an image");
  private static final int ATTEMPTS = 10;
  private static final double LEAST_AREA = 0.08;
  private static final double LEAST_COVERED = 0.1;
  private static final double LEAST_RATIO = 3.0 / 4;
  private static final double MOST_RATIO = 4.0 / 3;

  /** The numbers of an attempt, and behind those of all attempts the flip. */
  private static final int RATIO = 0;

  private static final int HEIGHT = 1;
  private static final int LEFT = 2;
  private static final int TOP = 3;
  private static final int NUMBERS = 4;
  private static final int MIRRORED = ATTEMPTS * NUMBERS;

  @Override
  public ImageView of(long epoch, long number, int width, int height) {
    long row = Mix64.at(Mix64.key(seed, PURPOSE, epoch), number);
    boolean mirrored = flip == Flip.HORIZONTAL && Mix64.at(row, MIRRORED) < 0;
    return new ImageView(region(row, width, height), mirrored);
  }

  private Region region(long row, int width, int height) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<Region> drawn = drawn(row, attempt * NUMBERS, width, height);
      if (drawn.isPresent()) {
        boolean whole = drawn.get().width() == width && drawn.get().height() == height;
        return whole ? centre.region(width, height) : drawn.get();
      }
    }
    return centre.region(width, height);
  }

  private static Optional<Region> drawn(long row, int first, int width, int height) {
    double ratio = LEAST_RATIO + (MOST_RATIO - LEAST_RATIO) * Mix64.unit(row, (long) first + RATIO);
    double pixels = (double) width * height;
    long highest =
        Math.min(
            Math.min(height, Math.round(Math.sqrt(pixels / ratio))),
            (long) Math.floor((width + 0.5) / ratio));
    long lowest = Math.min(highest, Math.round(Math.sqrt(LEAST_AREA * pixels / ratio)));
    int taller = Mix64.below((int) (highest - lowest) + 1, row, (long) first + HEIGHT);
    int cropHeight = (int) lowest + taller;
    int cropWidth = (int) Math.round(cropHeight * ratio);
    double covered = cropWidth * (double) cropHeight / pixels;
    if (cropWidth < 1 || cropHeight < 1 || cropWidth > width || covered < LEAST_COVERED) {
      return Optional.empty();
    }
    int x = Mix64.below(width - cropWidth + 1, row, (long) first + LEFT);
    int y = Mix64.below(height - cropHeight + 1, row, (long) first + TOP);
    return Optional.of(new Region(x, y, cropWidth, cropHeight));
  }
}
