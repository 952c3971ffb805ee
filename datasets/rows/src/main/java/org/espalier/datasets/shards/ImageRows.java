package org.espalier.datasets.shards;

import org.espalier.datasets.ImageShape;

/** The rows of one row group, by column; immutable, so that tasks of a process can share it. */
public final class ImageRows {
  private final byte[] pixels;
  private final int[] labels;
  private final int imageBytes;

  /** Takes ownership of both arrays. */
  ImageRows(ImageShape image, byte[] pixels, int[] labels) {
    this.pixels = pixels;
    this.labels = labels;
    this.imageBytes = image.bytes();
  }

  /** How many rows. */
  public int rows() {
    return labels.length;
  }

  /** The label of a row, 0 ... classes-1. */
  public int label(int row) {
    return labels[row];
  }

  /**
   * Copies the {@code [channels, height, width]} bytes of a row to {@code into} from {@code at}.
   */
  public void copyPixels(int row, byte[] into, int at) {
    System.arraycopy(pixels, Math.multiplyExact(row, imageBytes), into, at, imageBytes);
  }

  /** The memory that the rows take. */
  long bytes() {
    return pixels.length + (long) Integer.BYTES * labels.length;
  }
}
