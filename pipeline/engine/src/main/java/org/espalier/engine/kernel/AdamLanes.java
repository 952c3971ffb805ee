package org.espalier.engine.kernel;

import java.nio.ByteBuffer;

/**
 * Adam's step of the float32 numbers {@code first} to {@code end - 1} of off-heap memory, in the
 * CPU's byte order. Here one at a time; subclasses use the CPU's lanes and give the same bits.
 * Moments nearer to zero than 1e-30 vanish, before they become subnormal, which would cost a
 * hundred times the arithmetic.
 */
public class AdamLanes {
  /** Moments below this vanish. */
  public static final float VANISHING = 1e-30f;

  private final UpdateRule.Adam rule;

  /** The steps of a rule. */
  public AdamLanes(UpdateRule.Adam rule) {
    this.rule = rule;
  }

  /**
   * One step.
   *
   * @param gradient of number {@code i} at {@code i - from}, padded as {@link LaneMath} says
   * @param m first moments
   * @param v second moments
   * @param step becomes what is to be subtracted from the weights
   * @param rate learning rate, with the moments' bias taken out
   */
  public void step(
      float[] gradient,
      ByteBuffer m,
      ByteBuffer v,
      ByteBuffer step,
      float rate,
      int from,
      int first,
      int end) {
    float keptFirst = (float) rule.beta1();
    float newFirst = (float) (1 - rule.beta1());
    float keptSecond = (float) rule.beta2();
    float newSecond = (float) (1 - rule.beta2());
    float epsilon = (float) rule.epsilon();
    for (int i = first; i < end; i++) {
      float g = gradient[i - from];
      float mean = Math.fma(m.getFloat(i * Float.BYTES), keptFirst, g * newFirst);
      float kept = Math.abs(mean) < VANISHING ? 0f : mean;
      float second = Math.fma(v.getFloat(i * Float.BYTES), keptSecond, g * g * newSecond);
      float square = second < VANISHING ? 0f : second;
      m.putFloat(i * Float.BYTES, kept);
      v.putFloat(i * Float.BYTES, square);
      step.putFloat(i * Float.BYTES, kept * rate / ((float) Math.sqrt(square) + epsilon));
    }
  }
}
