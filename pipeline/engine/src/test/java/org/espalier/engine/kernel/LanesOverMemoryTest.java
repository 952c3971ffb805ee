package org.espalier.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What lanes compute over off-heap memory, beside plain Java: the same bits, and nothing else. */
class LanesOverMemoryTest {
  private static final int LENGTH = 700;
  private static final int REPEATS = 200;
  private final LaneMath scalar = new ScalarLanes();
  private final LaneMath lanes = Lanes.best();

  /** A pass over vectors of {@value #LENGTH} values and an array from number {@code from} on. */
  private interface Pass {
    void run(LaneMath math, List<FloatValues> v, float[] x, float[] y);
  }

  @ParameterizedTest
  @CsvSource({"0, 700", "32, 33", "64, 64", "7, 600", "96, 127"})
  void variationalPasses(int first, int end) {
    requireSameBits(
        first,
        end,
        (math, v, x, y) -> {
          VariationalLanes passes = math.variational();
          passes.variance(v.get(0).bytes(), v.get(1).bytes(), v.get(2).bytes(), first, end);
          passes.powers(v.get(0).bytes(), v.get(2).bytes(), x, y, first, first, end);
          passes.gradient(
              v.get(0).bytes(),
              v.get(2).bytes(),
              x,
              v.get(3).bytes(),
              v.get(4).bytes(),
              0.3f,
              first,
              first,
              end);
        });
  }

  @ParameterizedTest
  @CsvSource({"0, 700", "32, 33", "64, 64", "7, 600", "96, 127"})
  void gates(int first, int end) {
    requireSameBits(
        first,
        end,
        (math, v, x, y) -> {
          GateLanes passes = math.gates();
          math.uniforms(3, 5, 0, y, end - first);
          passes.roots(v.get(1).bytes(), x, first, first, end);
          passes.draw(
              x,
              y,
              v.get(0).bytes(),
              v.get(2).bytes(),
              v.get(3).bytes(),
              v.get(4).bytes(),
              first,
              first,
              end);
          passes.gradient(
              v.get(0).bytes(),
              v.get(2).bytes(),
              v.get(3).bytes(),
              v.get(4).bytes(),
              v.get(1).bytes(),
              0.3f,
              first,
              end);
        });
  }

  @ParameterizedTest
  @CsvSource({"0, 700", "32, 33", "64, 64", "7, 600", "96, 127"})
  void adam(int first, int end) {
    UpdateRule.Adam rule = new UpdateRule.Adam(0.9, 0.999, 1e-8);
    requireSameBits(
        first,
        end,
        (math, v, x, y) -> {
          v.get(0).read(first, x, end - first);
          for (int i = 0; i < LENGTH; i++) {
            v.get(2).set(i, Math.abs(v.get(2).get(i)));
          }
          math.adam(rule)
              .step(
                  x,
                  v.get(1).bytes(),
                  v.get(2).bytes(),
                  v.get(3).bytes(),
                  0.01f,
                  first,
                  first,
                  end);
        });
  }

  @ParameterizedTest
  @CsvSource({"0, 700", "32, 33", "64, 64", "7, 600", "96, 127"})
  void passesAtTwoOffsets(int first, int end) {
    requireSameBits(
        first,
        end,
        (math, v, x, y) -> {
          int count = end - first;
          v.get(0).read(0, x, LENGTH);
          v.get(1).read(0, y, LENGTH);
          math.add(x, 5, y, first, count - Math.min(count, 12));
          math.raise(x, y, first, count);
          float[] left = new float[LENGTH];
          v.get(2).read(0, left, LENGTH);
          y[first] = x[0];
          math.share(x, left, y, first, count);
          v.get(3).write(0, left, LENGTH);
        });
  }

  @Test
  void momentsTooSmallToMatterVanishAndNotANumberStaysOne() {
    for (LaneMath math : List.of(scalar, lanes)) {
      FloatValues m = (FloatValues) Samples.filled(40, i -> i % 2 == 0 ? 1e-31 : 1);
      FloatValues v = (FloatValues) Samples.filled(40, i -> i % 2 == 0 ? 1e-31 : 1);
      FloatValues step = (FloatValues) Values.floats(40);
      float[] gradient = new float[64];
      gradient[37] = Float.NaN;
      math.adam(new UpdateRule.Adam(0.9, 0.999, 1e-8))
          .step(gradient, m.bytes(), v.bytes(), step.bytes(), 1, 0, 0, 40);
      assertThat(m.get(38)).isZero();
      assertThat(v.get(38)).isZero();
      assertThat(m.get(39)).isEqualTo(0.9f);
      assertThat(m.get(37)).isNaN();
      assertThat(v.get(37)).isNaN();
      assertThat(step.get(37)).isNaN();
      assertThat(step.get(0)).isZero();
    }
  }

  private void requireSameBits(int first, int end, Pass pass) {
    assumeThat(lanes).as("the Vector API").isNotInstanceOf(ScalarLanes.class);
    for (int repeat = 0; repeat < REPEATS; repeat++) { // Interpreted at first, compiled later.
      List<FloatValues> expected = vectors();
      List<FloatValues> actual = vectors();
      float[][] plain = new float[2][LENGTH + LaneMath.PADDING];
      float[][] fast = new float[2][LENGTH + LaneMath.PADDING];
      pass.run(scalar, expected, plain[0], plain[1]);
      pass.run(lanes, actual, fast[0], fast[1]);
      for (int i = 0; i < expected.size(); i++) {
        assertThat(Samples.bits(actual.get(i)))
            .as("vector %d, numbers %d to %d", i, first, end)
            .isEqualTo(Samples.bits(expected.get(i)));
      }
    }
  }

  private static List<FloatValues> vectors() {
    return List.of(vector(1, 0.1), vector(2, 5), vector(3, 1), vector(4, 1), vector(5, 1));
  }

  private static FloatValues vector(int seed, double scale) {
    Noise noise = Noise.stream(seed);
    return (FloatValues) Samples.filled(LENGTH, i -> scale * noise.normal(i));
  }
}
