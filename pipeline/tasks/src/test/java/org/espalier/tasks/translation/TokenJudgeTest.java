package org.espalier.tasks.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.espalier.base.Metric;
import org.espalier.engine.replica.Tally;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Metrics beside what was computed by hand. */
class TokenJudgeTest {
  private static final float HALF = (float) -Math.log(2);
  private static final float[][][] TWO_ROWS = {{{HALF, 2 * HALF}, {0, 1}}, {{3 * HALF, 0}, {2, 0}}};

  private final TokenJudge judge = new TokenJudge();

  private Tally tally(INDArray output, float[][] labels) {
    return judge.judge(output, new MultiDataSet(output, Nd4j.createFromArray(labels)));
  }

  @Test
  void gapsDoNotCount() {
    float[][] labels = {{0, 2}, {1, -1}};
    Map<Metric, Double> metrics = judge.metrics(tally(Nd4j.createFromArray(TWO_ROWS), labels));
    double loss = (Math.log(2) + Math.log(4) + Math.log(8)) / 3;
    assertThat(judge.leading()).isEqualTo(Metric.CROSS_ENTROPY);
    assertThat(metrics.get(Metric.CROSS_ENTROPY)).isCloseTo(loss, within(1e-7));
    assertThat(metrics.get(TokenJudge.PERPLEXITY)).isCloseTo(4, within(1e-6));
    assertThat(metrics.get(TokenJudge.TOKEN_ACCURACY)).isEqualTo(1.0 / 3);
  }

  @Test
  void theOrderInWhichNumbersLieDoesNotMatter() {
    float[][] labels = {{0, 2}, {1, 0}};
    INDArray output = Nd4j.createFromArray(TWO_ROWS);
    assertThat(tally(output.dup('f'), labels)).isEqualTo(tally(output, labels));
  }

  @Test
  void talliesOfPartsAreThatOfTheWhole() {
    INDArray output = Nd4j.createFromArray(TWO_ROWS);
    Tally first =
        tally(Nd4j.createFromArray(new float[][][] {TWO_ROWS[0]}), new float[][] {{0, 2}});
    Tally second =
        tally(Nd4j.createFromArray(new float[][][] {TWO_ROWS[1]}), new float[][] {{1, -1}});
    assertThat(first.plus(second)).isEqualTo(tally(output, new float[][] {{0, 2}, {1, -1}}));
  }
}
