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

  /**
   * Transforms a block.
   *
   * @param block its coefficients times their factors, row by row
   * @param last coefficient in coded order that is not 0
   * @param samples into which it is written from {@code at}
   * @param stride from a row of samples to the next
   */
  void transform(float[] block, int last, float[] samples, int at, int stride);
}
