package org.espalier.engine.kernel;

import java.nio.FloatBuffer;

/** Float32 values that are read piece by piece, wherever they are. */
public interface Pieces {
  /** Number of values. */
  int length();

  /** Copies {@code count} values, from {@code from} on, to the beginning of {@code target}. */
  void read(int from, float[] target, int count);

  /** The values from the position of a buffer to its limit, as they are when they are read. */
  static Pieces of(FloatBuffer values) {
    FloatBuffer own = values.slice();
    return new Pieces() {
      @Override
      public int length() {
        return own.limit();
      }

      @Override
      public void read(int from, float[] target, int count) {
        own.get(from, target, 0, count);
      }
    };
  }
}
