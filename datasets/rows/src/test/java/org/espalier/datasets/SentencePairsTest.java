package org.espalier.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.espalier.datasets.SentencePairs.Packed;
import org.espalier.datasets.SentencePairs.Side;
import org.espalier.datasets.rows.Rows;
import org.espalier.datasets.rows.RowsBuilder;
import org.junit.jupiter.api.Test;

class SentencePairsTest {
  private static final SentencePairs PAIRS = new SentencePairs(6, 9, "cafe");
  private static final Packed TWO =
      new Packed(
          new int[] {3, 1, 0, 4, 5, 1}, new int[] {1, 1, 0, 2, 2, 2}, new int[] {0, 1, 0, 0, 1, 2});
  private static final Packed ONE = of(new int[] {3, 1}, new int[] {1, 1}, new int[] {0, 1});

  private static Packed of(int[] ids, int[] segments, int[] positions) {
    return new Packed(ids, segments, positions);
  }

  private static Rows rows(Packed source, Packed target) {
    RowsBuilder builder = new RowsBuilder(PAIRS.schema());
    builder.add(PAIRS.row(source, target));
    return builder.build();
  }

  @Test
  void theSchemaTellsTheVocabulary() {
    assertThat(PAIRS.schema().columns())
        .extracting(Object::toString)
        .containsExactly(
            "source ints",
            "sourceSegments ints",
            "sourcePositions ints",
            "target ints",
            "targetSegments ints",
            "targetPositions ints");
    assertThat(SentencePairs.of(PAIRS.schema())).isEqualTo(PAIRS);
    assertThat(PAIRS).hasToString("sentence pairs of up to 6 subwords of 9, vocabulary cafe");
  }

  @Test
  void anotherVocabularyIsAnotherKind() {
    assertThat(PAIRS.accepts(new SentencePairs(7, 9, "cafe"))).isTrue();
    assertThat(PAIRS.accepts(new SentencePairs(6, 9, "beef"))).isFalse();
  }

  @Test
  void aRowGivesBackWhatItWasMadeOf() {
    Rows rows = rows(TWO, TWO);
    PAIRS.check(rows);
    assertThat(Side.SOURCE.ids(rows).at(0)).isEqualTo(TWO.ids());
    assertThat(Side.TARGET.segments(rows).at(0)).isEqualTo(TWO.segments());
    assertThat(Side.TARGET.positions(rows).at(0)).isEqualTo(TWO.positions());
  }

  @Test
  void rowsThatCannotBeAreFound() {
    assertFound(TWO, ONE, "it has a row of 2 source and 1 target sentences");
    assertFound(
        of(new int[] {9}, new int[] {1}, new int[] {0}),
        ONE,
        "it has the subword 9 instead of 0 to 8");
    assertFound(
        of(new int[] {2}, new int[] {0}, new int[] {0}),
        ONE,
        "it has the subword 2 at position 0 in a gap");
    assertFound(
        of(new int[] {2, 1}, new int[] {1, 1}, new int[] {0, 2}),
        ONE,
        "it has the segment 1 at position 2 instead of 1 at 1");
    assertFound(
        of(new int[] {2}, new int[] {2}, new int[] {0}),
        ONE,
        "it has the segment 2 at position 0 instead of 0 at 0");
    assertFound(
        of(new int[7], new int[7], new int[7]),
        ONE,
        "it has a row of 7 subwords, 7 segments and 7 positions instead of equally many, 6 at most");
  }

  private static void assertFound(Packed source, Packed target, String reason) {
    assertThatThrownBy(() -> PAIRS.check(rows(source, target)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(reason);
  }
}
