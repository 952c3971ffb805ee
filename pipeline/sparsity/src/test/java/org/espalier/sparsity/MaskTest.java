package org.espalier.sparsity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 63, 64, 65, 128, 1000})
  void everyThirdWeightIsKeptWhateverTheLength(int length) {
    Mask mask = Mask.where(length, i -> i % 3 == 0);
    float[] unpacked = new float[length + 4];
    float[] applied = new float[length + 4];
    Arrays.fill(unpacked, 7);
    Arrays.fill(applied, -5);
    mask.unpack(unpacked, 2);
    mask.apply(applied, 2);

    assertThat(mask.kept()).isEqualTo((length + 2) / 3);
    assertThat(mask.sparsity()).isEqualTo((double) (length - mask.kept()) / length);
    for (int i = 0; i < length; i++) {
      assertThat(mask.isKept(i)).isEqualTo(i % 3 == 0);
      assertThat(unpacked[i + 2]).isEqualTo(i % 3 == 0 ? 1f : 0f);
      assertThat(applied[i + 2]).isEqualTo(i % 3 == 0 ? -5f : 0f);
    }
    assertThat(unpacked).startsWith(7, 7).endsWith(7, 7);
    assertThat(applied).startsWith(-5, -5).endsWith(-5, -5);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 63, 64, 65, 1000})
  void allKeepsEverythingAndNothingBeyond(int length) {
    Mask mask = Mask.all(length);

    assertThat(mask.kept()).isEqualTo(length);
    assertThat(mask.sparsity()).isZero();
    assertThat(mask).isEqualTo(Mask.where(length, i -> true));
    assertThat(mask).hasSameHashCodeAs(Mask.where(length, i -> true));
    assertThat(mask).isNotEqualTo(Mask.all(length + 1));
  }

  @Test
  void wordsHoldTheLowestIndexInTheLowestBit() {
    Mask mask = Mask.where(70, i -> i == 0 || i == 5 || i == 69);

    assertThat(mask.wordCount()).isEqualTo(2);
    assertThat(mask.word(0)).isEqualTo(0b100001);
    assertThat(mask.word(1)).isEqualTo(0b100000);
    assertThat(Mask.ofWords(new long[] {0b100001, 0b100000}, 70)).isEqualTo(mask);
  }

  @Test
  void wordsAreCopied() {
    long[] words = {1};
    Mask mask = Mask.ofWords(words, 3);
    words[0] = 7;

    assertThat(mask.kept()).isEqualTo(1);
  }

  @Test
  void masksAreIntersectedAndCompared() {
    Mask even = Mask.where(100, i -> i % 2 == 0);
    Mask third = Mask.where(100, i -> i % 3 == 0);

    assertThat(even.and(third)).isEqualTo(Mask.where(100, i -> i % 6 == 0));
    assertThat(even.reactivatedSince(third)).isEqualTo(50 - 17);
    assertThat(even.and(third).reactivatedSince(third)).isZero();
  }

  @Test
  void weightsThatComeBackAreToldFromTheStartOfARange() {
    Mask even = Mask.where(200, i -> i % 2 == 0);
    Mask third = Mask.where(200, i -> i % 3 == 0);
    List<Integer> back = new ArrayList<>();

    third.forEachReactivatedSince(even, 60, 75, back::add);

    assertThat(back).containsExactly(3, 9, 15, 21, 27, 33, 39, 45, 51, 57, 63, 69);
  }

  @Test
  void impossibleMasksAreRefused() {
    assertThatThrownBy(() -> Mask.all(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot make a mask of 0 weights: it must have at least 1");
    assertThatThrownBy(() -> Mask.ofWords(new long[2], 64))
        .hasMessage("Cannot read a mask of 64 weights from 2 words: it takes 1");
    assertThatThrownBy(() -> Mask.ofWords(new long[] {8}, 3))
        .hasMessage("Cannot read a mask of 3 weights: a bit beyond its length is set");
    assertThatThrownBy(() -> Mask.all(3).isKept(3))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("Cannot look up weight 3 in a mask of 3 weights");
    assertThatThrownBy(() -> Mask.all(3).apply(new float[5], 3))
        .hasMessage("Cannot use a mask of 3 weights at offset 3 of a vector of 5");
    assertThatThrownBy(() -> Mask.all(3).and(Mask.all(4)))
        .hasMessage("Cannot compare a mask of 3 weights with one of 4");
  }
}
