package org.espalier.engine.kernel;

import java.nio.FloatBuffer;

/**
 * Products with packed masks, without allocation: bit {@code i % 64} of word {@code i / 64} says
 * whether value i is kept. Used by one thread at a time.
 */
public final class MaskBits {
  private static final int CHUNK = 4096;

  private final float[] chunk = new float[CHUNK];

  /**
   * {@code product = kept ? values : +0}; product may be values.
   *
   * @param words at least one bit for every value
   */
  public void multiply(FloatBuffer values, long[] words, FloatBuffer product) {
    int length = values.capacity();
    for (int from = 0; from < length; from += CHUNK) {
      int size = Math.min(CHUNK, length - from);
      values.get(from, chunk, 0, size);
      for (int at = 0; at < size; at += Long.SIZE) {
        keep(words[(from + at) >>> 6], at, Math.min(Long.SIZE, size - at));
      }
      product.put(from, chunk, 0, size);
    }
  }

  private void keep(long word, int at, int size) {
    if (word == -1L) {
      return;
    }
    for (int i = 0; i < size; i++) {
      int keep = -(int) ((word >>> i) & 1);
      chunk[at + i] = Float.intBitsToFloat(Float.floatToRawIntBits(chunk[at + i]) & keep);
    }
  }
}
