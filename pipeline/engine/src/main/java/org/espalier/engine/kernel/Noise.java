package org.espalier.engine.kernel;

/**
 * Random numbers addressed by index: nothing is drawn in an order and nothing is stored, so the
 * backward pass asks again for what the forward pass used. Used by one thread at a time.
 */
public abstract sealed class Noise permits CounterNoise, GivenNoise {
  Noise() {}

  /** The stream of a key; its numbers are a pure function of key and index. */
  public static Noise stream(long key) {
    return new CounterNoise(key);
  }

  /** Given numbers in place of a stream, for tests: number {@code i} is {@code values[i]}. */
  public static Noise given(Values values) {
    return new GivenNoise(values);
  }

  /** The first {@code count} standard normal numbers. */
  public double[] normals(int count) {
    return java.util.stream.IntStream.range(0, count).mapToDouble(this::normal).toArray();
  }

  /** The first {@code count} numbers in [0, 1). */
  public double[] uniforms(int count) {
    return java.util.stream.IntStream.range(0, count).mapToDouble(this::uniform).toArray();
  }

  /** The {@code index}-th standard normal number. */
  abstract double normal(int index);

  /** The {@code index}-th number in [0, 1). */
  public abstract double uniform(int index);

  /** Normal numbers {@code from} to {@code from + count - 1}, rounded to float32. */
  abstract void normals(int from, float[] to, int count, LaneMath math);

  /** Uniform numbers {@code from} to {@code from + count - 1}, rounded to float32. */
  public abstract void uniforms(int from, float[] to, int count, LaneMath math);
}
