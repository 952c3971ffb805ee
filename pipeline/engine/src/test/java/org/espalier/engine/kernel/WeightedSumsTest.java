package org.espalier.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightedSumsTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 17, 31, 33, 100, 4096, 4099, 10_000})
  void fastAndPlainGiveTheSameBits(int length) {
    Random random = new Random(length);
    double[] fast = new double[length];
    double[] plain = new double[length];
    double examples = 0;
    for (int worker = 0; worker < 3; worker++) {
      float[] values = new float[length];
      for (int i = 0; i < length; i++) {
        values[i] = (float) (random.nextGaussian() * Math.exp(10 * random.nextGaussian()));
      }
      double weight = 1 + random.nextInt(1000);
      examples += weight;
      Kernels.named("auto").sums().add(FloatBuffer.wrap(values), weight, fast);
      for (int i = 0; i < length; i++) {
        plain[i] += (double) values[i] * weight;
      }
    }
    assertThat(fast).containsExactly(plain);
    FloatBuffer means = FloatBuffer.allocate(length);
    Kernels.named("auto").sums().divide(fast, examples, means);
    for (int i = 0; i < length; i++) {
      assertThat(means.get(i)).isEqualTo((float) (plain[i] / examples));
    }
  }
}
