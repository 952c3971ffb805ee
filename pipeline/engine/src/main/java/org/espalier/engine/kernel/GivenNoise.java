package org.espalier.engine.kernel;

/** Numbers that somebody chose. */
final class GivenNoise extends Noise {
  private final Values values;

  GivenNoise(Values values) {
    this.values = values;
  }

  @Override
  double normal(int index) {
    return values.get(index);
  }

  @Override
  public double uniform(int index) {
    return values.get(index);
  }

  @Override
  void normals(int from, float[] to, int count, LaneMath math) {
    for (int i = 0; i < count; i++) {
      to[i] = (float) values.get(from + i);
    }
  }

  @Override
  public void uniforms(int from, float[] to, int count, LaneMath math) {
    normals(from, to, count, math);
  }
}
