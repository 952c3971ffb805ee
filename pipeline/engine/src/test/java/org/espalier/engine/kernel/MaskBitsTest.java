package org.espalier.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskBitsTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 63, 64, 65, 4095, 4096, 4097, 9000})
  void keepsWhatTheBitsSay(int length) {
    Random random = new Random(length);
    long[] words = random.longs((length + 63) / 64).toArray();
    words[0] |= -1L << 32;
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = i % 5 == 0 ? Float.NEGATIVE_INFINITY : (float) random.nextGaussian();
    }
    float[] product = new float[length];
    new MaskBits().multiply(FloatBuffer.wrap(values), words, FloatBuffer.wrap(product));
    for (int i = 0; i < length; i++) {
      boolean kept = ((words[i / 64] >>> (i % 64)) & 1) == 1;
      assertThat(product[i]).as("value %d", i).isEqualTo(kept ? values[i] : 0f);
    }
  }
}
