package org.espalier.engine.kernel.sequence;

import org.espalier.engine.kernel.LaneMath;
import org.espalier.engine.kernel.Noise;
import org.espalier.engine.kernel.RowPasses;

/**
 * Dropout: a value is divided by 1 - rate, or becomes 0 where the noise does not keep it. Nothing
 * is stored: the backward pass asks the noise again.
 *
 * @param rate at least 0 and below 1
 * @param noise of as many numbers as there are values; not read where the rate is 0
 */
public record Dropout(double rate, Noise noise) {
  /** Every value stays as it is. */
  public static final Dropout NONE = new Dropout(0, null);

  /** Two factors of this make at least 1 of every difference of uniform numbers. */
  private static final float HUGE = 0x1p127f;

  /** Checks the rate. */
  public Dropout {
    RowPasses.requireRate(rate);
  }

  /** Whether some values are dropped. */
  boolean drops() {
    return rate > 0;
  }

  /** The factor of the value of an index. */
  double factor(int index) {
    return !drops() ? 1 : noise.uniform(index) < 1 - rate ? 1 / (1 - rate) : 0;
  }

  /**
   * Applies this to values.
   *
   * @param x `[count]`, the values from index {@code from} on
   * @param uniforms scratch, longer than {@code count} by {@link LaneMath#PADDING}
   */
  void apply(float[] x, int from, int count, float[] uniforms, LaneMath math) {
    if (drops()) {
      noise.uniforms(from, uniforms, count, math);
      drop(x, uniforms, (float) (1 - rate), count);
    }
  }

  private static void drop(float[] x, float[] uniforms, float kept, int count) {
    float scale = 1 / kept;
    for (int i = 0; i < count; i++) {
      x[i] *= scale * Math.min(Math.max((kept - uniforms[i]) * HUGE, 0f), 1f);
    }
  }
}
