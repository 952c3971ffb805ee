package org.espalier.tasks.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.espalier.base.Refusal;
import org.espalier.base.settings.Keys;
import org.espalier.base.settings.Settings;
import org.espalier.datasets.SentencePairs;
import org.espalier.datasets.SentencePairs.Packed;
import org.espalier.datasets.batch.SampleBatch;
import org.espalier.datasets.rows.Rows;
import org.espalier.datasets.rows.RowsBuilder;
import org.espalier.tasks.TrainingKeys;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;

class TranslationTest {
  private static final SentencePairs PAIRS = new SentencePairs(8, 10, "cafe");
  private static final Packed TWO =
      new Packed(
          new int[] {3, 1, 0, 4, 5, 1}, new int[] {1, 1, 0, 2, 2, 2}, new int[] {0, 1, 0, 0, 1, 2});
  private static final Packed TWO_SHORTER =
      new Packed(new int[] {6, 1, 0, 1}, new int[] {1, 1, 0, 2}, new int[] {0, 1, 0, 0});
  private static final Packed ONE =
      new Packed(new int[] {7, 8, 1}, new int[] {1, 1, 1}, new int[] {0, 1, 2});

  private final Translation task = new Translation();

  private static Rows rows(Packed... sides) {
    RowsBuilder builder = new RowsBuilder(PAIRS.schema());
    for (int i = 0; i < sides.length; i += 2) {
      builder.add(PAIRS.row(sides[i], sides[i + 1]));
    }
    Rows rows = builder.build();
    PAIRS.check(rows);
    return rows;
  }

  @Test
  void aBatchIsAsLongAsItsLongestRowAndGapsAreZero() {
    try (SentenceArrays arrays = new SentenceArrays(3, PAIRS.length())) {
      arrays.fill(SampleBatch.of(rows(TWO, TWO_SHORTER, ONE, ONE)));
      MultiDataSet batch = arrays.arrays();
      INDArray source = batch.getFeatures(0);
      assertThat(source.shape()).containsExactly(2, 3, 6);
      assertThat(source.slice(0).toFloatMatrix())
          .isDeepEqualTo(
              new float[][] {{3, 1, 0, 4, 5, 1}, {1, 1, 0, 2, 2, 2}, {0, 1, 0, 0, 1, 2}});
      assertThat(source.slice(1).toFloatMatrix())
          .isDeepEqualTo(
              new float[][] {{7, 8, 1, 0, 0, 0}, {1, 1, 1, 0, 0, 0}, {0, 1, 2, 0, 0, 0}});
      assertThat(batch.getFeatures(1).shape()).containsExactly(2, 3, 4);
      assertThat(batch.getFeatures(1).slice(0).toFloatMatrix())
          .isDeepEqualTo(new float[][] {{6, 1, 0, 1}, {1, 1, 0, 2}, {0, 1, 0, 0}});
      assertThat(batch.getLabels(0).toFloatMatrix())
          .isDeepEqualTo(new float[][] {{6, 1, -1, 1}, {7, 8, 1, -1}});
    }
  }

  @Test
  void arraysThatAreFilledAgainHoldNothingOfTheBatchBefore() {
    try (SentenceArrays arrays = new SentenceArrays(2, PAIRS.length())) {
      arrays.fill(SampleBatch.of(rows(TWO, TWO, TWO, TWO)));
      arrays.fill(SampleBatch.of(rows(ONE, ONE)));
      assertThat(arrays.arrays().getFeatures(1).shape()).containsExactly(1, 3, 3);
      assertThat(arrays.arrays().getLabels(0).toFloatMatrix())
          .isDeepEqualTo(new float[][] {{7, 8, 1}});
    }
  }

  @Test
  void aRowWithoutPairsHasOneGap() {
    Packed nothing = new Packed(new int[0], new int[0], new int[0]);
    try (SentenceArrays arrays = new SentenceArrays(1, PAIRS.length())) {
      arrays.fill(SampleBatch.of(rows(nothing, nothing)));
      assertThat(arrays.arrays().getFeatures(0).slice(0).toFloatMatrix())
          .isDeepEqualTo(new float[][] {{0}, {0}, {0}});
      assertThat(arrays.arrays().getLabels(0).toFloatMatrix()).isDeepEqualTo(new float[][] {{-1}});
    }
  }

  @Test
  void theSentencesOfARowAreItsSegments() {
    List<SentencePair> pairs = SentencePair.of(rows(TWO, TWO_SHORTER), 0);
    assertThat(pairs).extracting(SentencePair::source).containsExactly(ids(3, 1), ids(4, 5, 1));
    assertThat(pairs).extracting(SentencePair::target).containsExactly(ids(6, 1), ids(1));
    Packed nothing = new Packed(new int[0], new int[0], new int[0]);
    assertThat(SentencePair.of(rows(nothing, nothing), 0)).isEmpty();
  }

  private static int[] ids(int... ids) {
    return ids;
  }

  @Test
  void batchesCanBeCountedInTokenSlots() {
    assertThat(task.rowsPerWorker(PAIRS, settings(Map.of()))).isEmpty();
    assertThat(task.rowsPerWorker(PAIRS, settings(Map.of("batchTokens", "32")))).hasValue(4);
    assertThat(task.batch(PAIRS, 8, 4))
        .isEqualTo("8 workers x 4 rows of 8 token slots a side (32 per worker, 256 in all)");
  }

  @Test
  void tokenSlotsThatAreNoWholeRowsAreRefused() {
    assertThatThrownBy(() -> task.rowsPerWorker(PAIRS, settings(Map.of("batchTokens", "30"))))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot take batches of 30 token slots per worker from rows of 8: batchTokens must be a multiple of the rows' length, such as 32.");
  }

  @Test
  void aBatchIsNotCountedInTwoUnits() {
    assertThatThrownBy(
            () -> task.rowsPerWorker(PAIRS, settings(Map.of("batchTokens", "32", "batch", "64"))))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot take batches of batch = 64 and of batchTokens = 32 token slots per worker at once: set one of them, and batchTokens = 0 to count rows.");
  }

  @Test
  void evaluationTakesFewerRowsTheLongerTheyAre() {
    assertThat(task.evaluationBatch(PAIRS)).isEqualTo(256);
    assertThat(task.evaluationBatch(new SentencePairs(256, 10, "cafe"))).isEqualTo(8);
    assertThat(task.evaluationBatch(new SentencePairs(5000, 10, "cafe"))).isEqualTo(1);
  }

  private static Settings settings(Map<String, String> written) {
    return Settings.of(Keys.of(TrainingKeys.BATCH, Translation.BATCH_TOKENS), written);
  }
}
