package org.espalier.engine.kernel;

import java.nio.ByteBuffer;

/** {@link AdamLanes} one number at a time. */
final class ScalarAdam implements AdamLanes {
  private final UpdateRule.Adam rule;

  ScalarAdam(UpdateRule.Adam rule) {
    this.rule = rule;
  }

  @Override
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
