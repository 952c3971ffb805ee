package org.espalier.kernel;

import java.nio.FloatBuffer;

/** Elementwise passes over vectors, without allocation. Used by one thread at a time. */
public final class Elementwise {
  private static final int CHUNK = 4096;

  private final float[] left = new float[CHUNK];
  private final float[] right = new float[CHUNK];

  /** {@code product = a * b}; product may be a or b. */
  public void multiply(FloatBuffer a, FloatBuffer b, FloatBuffer product) {
    for (int from = 0; from < a.capacity(); from += CHUNK) {
      int size = Math.min(CHUNK, a.capacity() - from);
      a.get(from, left, 0, size);
      b.get(from, right, 0, size);
      for (int i = 0; i < size; i++) {
        left[i] *= right[i];
      }
      product.put(from, left, 0, size);
    }
  }
}
