package org.espalier.kernel;

/** {@link LaneMath} one number at a time, for JVMs without the Vector API. */
final class ScalarLanes implements LaneMath {
  private static final float TO_UNIT = 0x1.0p-24f;
  private static final float TURN = (float) (2 * Math.PI);

  @Override
  public void exp(float[] x, int count) {
    for (int i = 0; i < count; i++) {
      x[i] = FloatMath.exp(x[i]);
    }
  }

  @Override
  public void log(float[] x, int count) {
    for (int i = 0; i < count; i++) {
      x[i] = FloatMath.log(x[i]);
    }
  }

  @Override
  public void uniforms(int first, int second, int from, float[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = CounterNoise.bits(first, second, from + i) * TO_UNIT;
    }
  }

  @Override
  public void normals(float[] x, int count) {
    for (int group = 0; group < count; group += CounterNoise.GROUP) {
      for (int at = group; at < group + CounterNoise.HALF; at++) {
        float radius = (float) Math.sqrt(-2f * FloatMath.log(x[at] + TO_UNIT));
        float turn = x[at + CounterNoise.HALF];
        x[at] = radius * angle(turn, true);
        x[at + CounterNoise.HALF] = radius * angle(turn, false);
      }
    }
  }

  @Override
  public void addWeighted(float[] x, double weight, double[] sums, int from, int count) {
    for (int i = 0; i < count; i++) {
      sums[from + i] += x[i] * weight;
    }
  }

  @Override
  public void divide(double[] sums, int from, double by, float[] x, int count) {
    for (int i = 0; i < count; i++) {
      x[i] = (float) (sums[from + i] / by);
    }
  }

  /** The cosine or sine of a fraction of a turn. */
  private static float angle(float turn, boolean cosine) {
    float quarter = turn * 4f + FloatMath.ROUNDER - FloatMath.ROUNDER;
    float angle = (turn - quarter * 0.25f) * TURN;
    int quadrant = (int) quarter & 3;
    boolean sine = cosine == ((quadrant & 1) == 1);
    float value = sine ? FloatMath.sin(angle) : FloatMath.cos(angle);
    boolean negative = cosine ? quadrant == 1 || quadrant == 2 : quadrant >= 2;
    return negative ? -value : value;
  }
}
