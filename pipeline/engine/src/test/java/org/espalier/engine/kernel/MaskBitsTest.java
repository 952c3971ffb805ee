package org.espalier.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The masked product of {@link RowPasses}, bit by bit. */
class MaskBitsTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 63, 64, 65, 2047, 2048, 2049, 9000, 70_000})
  void keepsWhatTheBitsSay(int length) {
    Random random = new Random(length);
    long[] words = random.longs((length + 63) / 64).toArray();
    words[0] |= -1L << 32;
    Values values = Samples.normals(length, length);
    for (int i = 0; i < length; i += 5) {
      values.set(i, i % 2 == 0 ? Float.NEGATIVE_INFINITY : Float.NaN);
    }
    for (String name : new String[] {"auto", "reference"}) {
      Values kept = Values.floats(length);
      Kernels.named(name).rows().keep(values, words, kept);
      for (int i = 0; i < length; i++) {
        boolean keeps = ((words[i / 64] >>> (i % 64)) & 1) == 1;
        float expected = keeps ? (float) values.get(i) : 0f;
        assertThat(Float.floatToRawIntBits((float) kept.get(i)))
            .as("%s value %d", name, i)
            .isEqualTo(Float.floatToRawIntBits(expected));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 63, 64, 100})
  void aPassMayBeginInsideAWord(int from) {
    Random random = new Random(from);
    long[] words = random.longs(5).toArray();
    float[] values = new float[150];
    java.util.Arrays.fill(values, 1f);
    MaskBits.keep(words, from, values, values.length);
    for (int i = 0; i < values.length; i++) {
      assertThat(values[i] == 1f).as("value %d", i).isEqualTo(MaskBits.keeps(words, from + i));
    }
  }
}
