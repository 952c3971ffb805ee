package org.espalier.tasks.classification;

import org.espalier.images.baseline.Region;

/**
 * The square in the middle of an image that is seen in evaluation: of the short side the share that
 * {@code size} has of {@code size + 32} (224 of 256), as the paper's code takes it.
 *
 * @param size to which crops are resized, in pixels
 */
record CentreCrop(int size) implements Crop {
  private static final long serialVersionUID = 1L;
  private static final int MARGIN = 32;

  @Override
  public ImageView of(long epoch, long number, int width, int height) {
    return new ImageView(region(width, height), false);
  }

  /** The square of an image of this size. */
  Region region(int width, int height) {
    long shortSide = Math.min(width, height);
    int side = (int) Math.max(1, shortSide * size / (size + MARGIN));
    return new Region((width - side + 1) / 2, (height - side + 1) / 2, side, side);
  }
}
