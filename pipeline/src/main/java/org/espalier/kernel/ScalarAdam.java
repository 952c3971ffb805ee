package org.espalier.kernel;

/** {@link AdamLanes} one number at a time. */
final class ScalarAdam implements AdamLanes {
  private final UpdateRule.Adam rule;

  ScalarAdam(UpdateRule.Adam rule) {
    this.rule = rule;
  }

  @Override
  public void step(float[] g, float[] m, float[] v, float rate, int count) {
    float keptFirst = (float) rule.beta1();
    float newFirst = (float) (1 - rule.beta1());
    float keptSecond = (float) rule.beta2();
    float newSecond = (float) (1 - rule.beta2());
    float epsilon = (float) rule.epsilon();
    for (int i = 0; i < count; i++) {
      float first = Math.fma(m[i], keptFirst, g[i] * newFirst);
      float kept = Math.abs(first) < VANISHING ? 0f : first;
      float second = Math.fma(v[i], keptSecond, g[i] * g[i] * newSecond);
      float square = second < VANISHING ? 0f : second;
      m[i] = kept;
      v[i] = square;
      g[i] = kept * rate / ((float) Math.sqrt(square) + epsilon);
    }
  }
}
