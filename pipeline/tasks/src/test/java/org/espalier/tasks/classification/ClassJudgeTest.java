package org.espalier.tasks.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.espalier.base.Metric;
import org.espalier.engine.replica.Tally;
import org.espalier.tasks.Predictions;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Metrics beside what was computed by hand. */
class ClassJudgeTest {
  private static final float[][] SIX = {
    {0.5f, 0.1f, 0.1f, 0.1f, 0.1f, 0.1f}, // Right.
    {0.1f, 0.1f, 0.1f, 0.1f, 0.1f, 0.5f}, // Second.
    {0.5f, 0.1f, 0.1f, 0.1f, 0.1f, 0.1f}, // Sixth, by the order of equals.
    {1, 0, 0, 0, 0, 0} // Right, and sure.
  };
  private static final float[] TRUTHS = {0, 0, 5, 0};

  private final ClassJudge judge = new ClassJudge();

  private Tally tally(float[][] probabilities, float... truths) {
    INDArray output = Nd4j.createFromArray(probabilities);
    return judge.judge(output, new MultiDataSet(output, Nd4j.createFromArray(truths)));
  }

  @Test
  void everyMetricIsThatOfItsDefinition() {
    Map<Metric, Double> metrics = judge.metrics(tally(SIX, TRUTHS));
    assertThat(metrics)
        .containsOnlyKeys(
            Metric.ACCURACY, Metric.CROSS_ENTROPY, ClassJudge.TOP_5, ClassJudge.CALIBRATION);
    assertThat(metrics.get(Metric.ACCURACY)).isEqualTo(0.5);
    assertThat(metrics.get(ClassJudge.TOP_5)).isEqualTo(0.75);
    assertThat(metrics.get(Metric.CROSS_ENTROPY))
        .isCloseTo((Math.log(2) - 2 * Math.log(0.1f)) / 4, within(1e-15));
    // Three rows of 0.5 lie in one bin, of which a third is right: 1 - 3 * 0.5; the last bin is
    // sure.
    assertThat(metrics.get(ClassJudge.CALIBRATION)).isEqualTo(0.5 / 4);
  }

  @Test
  void calibrationErrorsOfDifferentBinsDoNotCancelOut() {
    float[][] rows = {{0.75f, 0.25f}, {0.75f, 0.25f}, {0.625f, 0.375f}, {0.5f, 0.5f}};
    Map<Metric, Double> metrics = judge.metrics(tally(rows, 0, 0, 1, 1));
    // Bins 12, 10 and 8 of 15: two right of 0.75, none of 0.625, none of 0.5.
    assertThat(metrics.get(ClassJudge.CALIBRATION)).isEqualTo((0.5 + 0.625 + 0.5) / 4);
  }

  @Test
  void fiveClassesHaveNoTopFive() {
    float[][] five = {{0.5f, 0.5f, 0, 0, 0}};
    assertThat(judge.metrics(tally(five, 1)))
        .containsOnlyKeys(Metric.ACCURACY, Metric.CROSS_ENTROPY, ClassJudge.CALIBRATION)
        .containsEntry(Metric.ACCURACY, 0.0);
  }

  @Test
  void talliesOfPartsAreThatOfTheWhole() {
    Tally first = tally(new float[][] {SIX[0], SIX[1]}, TRUTHS[0], TRUTHS[1]);
    Tally second = tally(new float[][] {SIX[2], SIX[3]}, TRUTHS[2], TRUTHS[3]);
    assertThat(judge.metrics(first.plus(second))).isEqualTo(judge.metrics(tally(SIX, TRUTHS)));
  }

  @Test
  void predictionsAreThoseThatTheJudgeCounts() {
    INDArray output = Nd4j.createFromArray(SIX);
    Predictions seen =
        new ClassObserver().observe(output, new MultiDataSet(output, Nd4j.createFromArray(TRUTHS)));
    double tenth = -Math.log(0.1f);
    assertThat(seen)
        .isEqualTo(
            new Predictions(
                new int[] {0, 0, 5, 0},
                new int[] {0, 5, 0, 0},
                new double[] {Math.log(2), tenth, tenth, -Math.log(1)}));
  }

  @Test
  void aMatrixCountsClassesOverAllBatches() {
    Predictions first = new Predictions(new int[] {0, 2}, new int[] {0, 1}, new double[] {1, 2});
    Predictions second = new Predictions(new int[] {2, 2}, new int[] {2, 1}, new double[] {4, 8});
    ConfusionMatrix matrix = new ConfusionMatrix(3, List.of(first, second));
    assertThat(matrix.classes()).isEqualTo(3);
    assertThat(matrix.rows(2)).isEqualTo(3);
    assertThat(matrix.right(2)).isEqualTo(1);
    assertThat(matrix.rows(2, 1)).isEqualTo(2);
    assertThat(matrix.rows(1, 2)).isZero();
    assertThat(matrix.rows(1)).isZero();
    assertThat(matrix.loss(2)).isEqualTo(14);
    assertThat(matrix.loss(0)).isEqualTo(1);
  }

  @Test
  void lostRowsAreNumberedOverAllBatches() {
    double[] losses = new double[2];
    int[] truths = {1, 0};
    List<Predictions> dense =
        List.of(
            new Predictions(truths, new int[] {1, 1}, losses),
            new Predictions(truths, new int[] {1, 0}, losses));
    List<Predictions> pruned =
        List.of(
            new Predictions(truths, new int[] {1, 0}, losses),
            new Predictions(truths, new int[] {2, 1}, losses));
    assertThat(LostRow.between(dense, pruned))
        .containsExactly(new LostRow(2, 1, 2), new LostRow(3, 0, 1));
    assertThat(LostRow.between(pruned, dense)).containsExactly(new LostRow(1, 0, 1));
  }
}
