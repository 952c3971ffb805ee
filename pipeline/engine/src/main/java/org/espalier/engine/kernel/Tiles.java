package org.espalier.engine.kernel;

import java.util.Arrays;

/** Tiles of {@link Columns} that are kept from call to call: one for a bias, one sum per slice. */
final class Tiles {
  private float[] repeated = new float[0];
  private final float[][] sums = new float[Chunked.SLICES][0];

  float[] repeated(Columns columns, FloatValues vector) {
    if (repeated.length < columns.width()) {
      repeated = new float[columns.width()];
    }
    columns.repeat(vector, repeated);
    return repeated;
  }

  /** Zeroed sums for as many slices. */
  float[][] zeroed(Columns columns, int slices) {
    for (int i = 0; i < slices; i++) {
      if (sums[i].length < columns.width()) {
        sums[i] = new float[columns.width()];
      }
      Arrays.fill(sums[i], 0, columns.width(), 0f);
    }
    return sums;
  }
}
