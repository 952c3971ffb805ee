package org.espalier.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.Arrays;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class LaneMathTest {
  private static final int COUNT = 5_003;
  private final LaneMath scalar = new ScalarLanes();

  @Test
  void lanesGiveTheBitsOfPlainJava() {
    LaneMath lanes = Lanes.best();
    assumeThat(lanes).as("the Vector API").isNotInstanceOf(ScalarLanes.class);
    for (int repeat = 0; repeat < 200; repeat++) { // Interpreted at first, compiled later.
      requireSame(x -> lanes.exp(x, COUNT), x -> scalar.exp(x, COUNT), ramp(-90, 90));
      requireSame(x -> lanes.log(x, COUNT), x -> scalar.log(x, COUNT), ramp(1e-8, 3_000));
      requireSame(
          x -> lanes.uniforms(3, 5, 64, x, COUNT),
          x -> scalar.uniforms(3, 5, 64, x, COUNT),
          ramp(0, 1));
      requireSame(
          x -> lanes.addEights(x, 2 * LaneMath.EIGHTS),
          x -> scalar.addEights(x, 2 * LaneMath.EIGHTS),
          ramp(-1, 3));
      requireSame(
          x -> lanes.multiplyEights(x, 2 * LaneMath.EIGHTS),
          x -> scalar.multiplyEights(x, 2 * LaneMath.EIGHTS),
          ramp(0.5, 3));
      for (int from : new int[] {0, 64, 7, 45}) {
        requireSame(
            x -> new CounterNoise(99).normals(from, x, COUNT, lanes),
            x -> new CounterNoise(99).normals(from, x, COUNT, scalar),
            ramp(0, 1));
      }
    }
  }

  @Test
  void exponentialAndLogarithmAreRightToTwoUnits() {
    float[] x = ramp(-80, 80);
    float[] y = x.clone();
    scalar.exp(y, COUNT);
    for (int i = 0; i < COUNT; i++) {
      double exact = Math.exp(x[i]);
      assertThat(Math.abs(y[i] - exact)).isLessThanOrEqualTo(2 * Math.ulp((float) exact));
    }
    x = ramp(1e-8, 3_000);
    y = x.clone();
    scalar.log(y, COUNT);
    for (int i = 0; i < COUNT; i++) {
      double exact = Math.log(x[i]);
      assertThat(Math.abs(y[i] - exact))
          .isLessThanOrEqualTo(2 * Math.max(Math.ulp((float) exact), 1e-8));
    }
  }

  @Test
  void eightsAreTheNumbersAPaddingApart() {
    float[] sums = new float[2 * LaneMath.EIGHTS];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = 1 + i % 7;
    }
    float[] x = sums.clone();
    float[] products = sums.clone();
    scalar.addEights(sums, sums.length);
    scalar.multiplyEights(products, products.length);
    for (int g = 0; g < 2; g++) {
      for (int j = 0; j < LaneMath.PADDING; j++) {
        float sum = 0;
        float product = 1;
        for (int k = 0; k < 8; k++) {
          sum += x[g * LaneMath.EIGHTS + k * LaneMath.PADDING + j];
          product *= x[g * LaneMath.EIGHTS + k * LaneMath.PADDING + j];
        }
        assertThat(sums[g * LaneMath.PADDING + j]).isEqualTo(sum);
        assertThat(products[g * LaneMath.PADDING + j]).isEqualTo(product);
      }
    }
  }

  @Test
  void notANumberStaysOne() {
    float[] x = new float[LaneMath.PADDING];
    x[0] = Float.NaN;
    scalar.exp(x, 1);
    assertThat(x[0]).isNaN();
    scalar.log(x, 1);
    assertThat(x[0]).isNaN();
  }

  @Test
  void noiseIsThatOfItsDefinitionToRounding() {
    CounterNoise noise = new CounterNoise(0x1234_5678_9ABC_DEF0L);
    float[] fast = new float[COUNT + LaneMath.PADDING];
    noise.normals(0, fast, COUNT, scalar);
    for (int i = 0; i < COUNT; i++) {
      assertThat((double) fast[i])
          .isCloseTo(noise.normal(i), org.assertj.core.data.Offset.offset(1e-5));
    }
    noise.uniforms(0, fast, COUNT, scalar);
    for (int i = 0; i < COUNT; i++) {
      assertThat((double) fast[i]).isEqualTo(noise.uniform(i));
    }
  }

  @Test
  void normalNumbersHaveTheirMomentsAndStreamsAreUnrelated() {
    int n = 1 << 20;
    Noise one = Noise.stream(1);
    Noise two = Noise.stream(2);
    double mean = 0;
    double square = 0;
    double fourth = 0;
    double across = 0;
    double beside = 0;
    for (int i = 0; i < n; i++) {
      double x = one.normal(i);
      mean += x / n;
      square += x * x / n;
      fourth += x * x * x * x / n;
      across += x * two.normal(i) / n;
      beside += x * one.normal(i + 1) / n;
    }
    double deviation = 1 / Math.sqrt(n);
    assertThat(Math.abs(mean)).isLessThan(5 * deviation);
    assertThat(Math.abs(square - 1)).isLessThan(5 * Math.sqrt(2) * deviation);
    assertThat(Math.abs(fourth - 3)).isLessThan(5 * Math.sqrt(96) * deviation);
    assertThat(Math.abs(across)).isLessThan(5 * deviation);
    assertThat(Math.abs(beside)).isLessThan(5 * deviation);
  }

  private static void requireSame(Consumer<float[]> lanes, Consumer<float[]> plain, float[] x) {
    float[] fast = x.clone();
    float[] slow = x.clone();
    lanes.accept(fast);
    plain.accept(slow);
    assertThat(Arrays.copyOf(fast, COUNT)).isEqualTo(Arrays.copyOf(slow, COUNT));
  }

  private static float[] ramp(double from, double to) {
    float[] x = new float[COUNT + LaneMath.PADDING];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) (from + (to - from) * i / x.length);
    }
    return x;
  }
}
