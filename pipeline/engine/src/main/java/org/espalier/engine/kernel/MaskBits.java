package org.espalier.engine.kernel;

/**
 * Packed masks: bit {@code i % 64} of word {@code i / 64} is set if value i is kept. Without
 * allocation.
 */
final class MaskBits {
  private MaskBits() {}

  static boolean keeps(long[] words, int index) {
    return (words[index >> 6] >>> index & 1) != 0;
  }

  /**
   * Makes +0 of the masked ones, whatever they are, of {@code count} values.
   *
   * @param from index of the first value in the mask
   */
  static void keep(long[] words, int from, float[] values, int count) {
    for (int at = 0; at < count; ) {
      int bit = (from + at) & (Long.SIZE - 1);
      int size = Math.min(Long.SIZE - bit, count - at);
      keep(words[(from + at) >> 6] >>> bit, values, at, size);
      at += size;
    }
  }

  private static void keep(long word, float[] values, int at, int size) {
    if (word == -1L) {
      return;
    }
    for (int i = 0; i < size; i++) {
      int all = -(int) ((word >>> i) & 1);
      values[at + i] = Float.intBitsToFloat(Float.floatToRawIntBits(values[at + i]) & all);
    }
  }
}
