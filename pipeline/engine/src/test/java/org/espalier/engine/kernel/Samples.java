package org.espalier.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/** Reproducible values for tests, and their comparison. */
public final class Samples {
  private Samples() {}

  /** Standard normal float32 values of a seed. */
  public static Values normals(long seed, int length) {
    Noise noise = Noise.stream(seed * 0x9E3779B97F4A7C15L);
    return filled(length, noise::normal);
  }

  /** Uniform float32 values in [0, 1) of a seed. */
  public static Values uniforms(long seed, int length) {
    Noise noise = Noise.stream(seed * 0x9E3779B97F4A7C15L);
    return filled(length, noise::uniform);
  }

  static Values filled(int length, IntToDoubleFunction value) {
    Values values = Values.floats(length);
    for (int i = 0; i < length; i++) {
      values.set(i, value.applyAsDouble(i));
    }
    return values;
  }

  public static Values copy(Values values) {
    return filled(values.length(), values::get);
  }

  /** The bits of float32 values. */
  static int[] bits(Values values) {
    int[] bits = new int[values.length()];
    Arrays.setAll(bits, i -> Float.floatToIntBits((float) values.get(i)));
    return bits;
  }

  /** Every value within a tolerance relative to the largest magnitude. */
  public static void requireClose(Values actual, Values expected, double tolerance) {
    assertThat(actual.length()).isEqualTo(expected.length());
    double largest = 1e-30;
    for (int i = 0; i < expected.length(); i++) {
      largest = Math.max(largest, Math.abs(expected.get(i)));
    }
    for (int i = 0; i < expected.length(); i++) {
      double distance = Math.abs(actual.get(i) - expected.get(i));
      if (!(distance <= tolerance * largest)) {
        assertThat(actual.get(i))
            .as("value %d of %d, largest %s", i, expected.length(), largest)
            .isEqualTo(expected.get(i));
      }
    }
  }
}
