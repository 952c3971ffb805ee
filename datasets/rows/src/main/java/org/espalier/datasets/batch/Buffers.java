package org.espalier.datasets.batch;

/** What a caller's buffers must hold. */
final class Buffers {
  private Buffers() {}

  static void check(byte[] pixels, int[] labels, int rows, int imageBytes) {
    if (labels.length < rows || pixels.length < (long) rows * imageBytes) {
      throw new IllegalArgumentException(
          "Cannot put "
              + rows
              + " images of "
              + imageBytes
              + " bytes into buffers of "
              + pixels.length
              + " bytes and "
              + labels.length
              + " labels");
    }
  }
}
