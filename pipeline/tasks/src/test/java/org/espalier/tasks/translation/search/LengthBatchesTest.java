package org.espalier.tasks.translation.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LengthBatchesTest {
  private static List<int[]> places(int... lengths) {
    return new LengthBatches(Arrays.stream(lengths).mapToObj(int[]::new).toList()).places();
  }

  @Test
  void theLongestComeFirstAndEqualOnesInTheirOrder() {
    assertThat(places(3, 5, 3, 9)).containsExactly(new int[] {3, 1, 0, 2});
    assertThat(places()).isEmpty();
  }

  @Test
  void aBatchHasSoManySentencesAndTokensAtMost() {
    assertThat(places(Collections.nCopies(70, 2).stream().mapToInt(i -> i).toArray()))
        .extracting(batch -> batch.length)
        .containsExactly(32, 32, 6);
    assertThat(places(1024, 1000, 5000, 7))
        .containsExactly(new int[] {2}, new int[] {0, 1}, new int[] {3});
  }

  @Test
  void everySentenceIsInOneBatch() {
    int[] lengths = IntStream.range(0, 500).map(i -> 1 + i * 37 % 113).toArray();
    assertThat(places(lengths).stream().flatMapToInt(Arrays::stream).sorted().toArray())
        .isEqualTo(IntStream.range(0, lengths.length).toArray());
  }
}
