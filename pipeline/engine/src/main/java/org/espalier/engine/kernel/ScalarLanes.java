package org.espalier.engine.kernel;

import org.espalier.engine.kernel.sparse.SparseLanes;

/** {@link LaneMath} one number at a time, for JVMs without the Vector API. */
final class ScalarLanes implements LaneMath {
  private static final float TO_UNIT = 0x1.0p-24f;

  private final VariationalLanes variational = new VariationalLanes();
  private final SparseLanes sparse = new SparseLanes();
  private final GateLanes gates = new GateLanes();

  @Override
  public void exp(float[] x, int count) {
    for (int i = 0; i < count; i++) {
      x[i] = FloatMath.exp(x[i]);
    }
  }

  @Override
  public void expWithin(float[] x, int count) {
    for (int i = 0; i < count; i++) {
      x[i] = FloatMath.expWithin(x[i]);
    }
  }

  @Override
  public void log(float[] x, int count) {
    for (int i = 0; i < count; i++) {
      x[i] = FloatMath.log(x[i]);
    }
  }

  @Override
  public void addEights(float[] x, int count) {
    for (int group = 0; group < count; group += EIGHTS) {
      for (int j = group; j < group + PADDING; j++) {
        float sum = x[j];
        for (int k = j + PADDING; k < group + EIGHTS; k += PADDING) {
          sum += x[k];
        }
        x[group / 8 + j - group] = sum;
      }
    }
  }

  @Override
  public void multiplyEights(float[] x, int count) {
    for (int group = 0; group < count; group += EIGHTS) {
      for (int j = group; j < group + PADDING; j++) {
        float product = x[j];
        for (int k = j + PADDING; k < group + EIGHTS; k += PADDING) {
          product *= x[k];
        }
        x[group / 8 + j - group] = product;
      }
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
        float angle = (turn - 0.5f) * FloatMath.MINUS_QUARTER_TURN;
        float sine = FloatMath.sin(angle);
        float square = sine * sine;
        float cosine = (float) Math.sqrt(square * -1f + 1f);
        float half = sine * cosine * 2f;
        float rest = square * -2f + 1f;
        x[at] = (half * half * 2f - 1f) * radius;
        x[at + CounterNoise.HALF] = half * rest * 2f * radius;
      }
    }
  }

  @Override
  public VariationalLanes variational() {
    return variational;
  }

  @Override
  public SparseLanes sparse() {
    return sparse;
  }

  @Override
  public GateLanes gates() {
    return gates;
  }

  @Override
  public AdamLanes adam(UpdateRule.Adam rule) {
    return new AdamLanes(rule);
  }

  @Override
  public void add(float[] to, int at, float[] x, int from, int count) {
    for (int i = 0; i < count; i++) {
      to[at + i] += x[from + i];
    }
  }

  @Override
  public void raise(float[] largest, float[] x, int from, int count) {
    for (int i = 0; i < count; i++) {
      largest[i] = Math.max(largest[i], x[from + i]);
    }
  }

  @Override
  public void share(float[] largest, float[] left, float[] x, int from, int count) {
    for (int i = 0; i < count; i++) {
      float taken = x[from + i] < largest[i] ? 0f : left[i];
      x[from + i] = taken;
      left[i] -= taken;
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
}
