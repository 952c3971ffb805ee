package org.espalier.images.baseline;

/** An inverse cosine transform of a block's coefficients to as many or fewer samples. */
interface BlockTransform {
  /** Samples of a block in a row, and in a column. */
  int side();

  /**
   * The factors by which coefficients are multiplied before they are transformed.
   *
   * @param quantisers row by row
   */
  float[] factors(int[] quantisers);

  /** Makes room for a row of blocks, {@code width} samples in all. */
  void begin(int width);

  /**
   * Takes a block of the row.
   *
   * @param block its coefficients times their factors, row by row
   * @param last coefficient in coded order that is not 0
   * @param x of its first sample
   */
  void take(float[] block, int last, int x);

  /** Writes the samples of all blocks to the rows of a plane that begin at {@code y}. */
  void finish(Plane into, int y, int width);
}
