package org.espalier.experiment.reversal;

import java.util.Map;
import org.espalier.base.Metric;
import org.espalier.engine.replica.Judge;
import org.espalier.engine.replica.Tally;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * The judge of reversals: tokens that are right, which leads, and strings that are wholly right.
 */
final class TokenJudge implements Judge {
  private static final long serialVersionUID = 1L;

  private static final Metric TOKENS =
      new Metric("token-accuracy", Metric.FRACTION, Metric.Direction.HIGHER);
  private static final Metric STRINGS =
      new Metric("string-accuracy", Metric.FRACTION, Metric.Direction.HIGHER);

  @Override
  public Tally judge(INDArray output, MultiDataSet batch) {
    INDArray answers = output.argMax(-1);
    INDArray labels = batch.getLabels(0);
    double tokens = 0;
    double rightTokens = 0;
    double rightStrings = 0;
    for (int i = 0; i < labels.size(0); i++) {
      boolean all = true;
      for (int k = 0; k < labels.size(1) && labels.getInt(i, k) >= 0; k++) {
        boolean right = labels.getInt(i, k) == answers.getInt(i, k);
        tokens++;
        rightTokens += right ? 1 : 0;
        all &= right;
      }
      rightStrings += all ? 1 : 0;
    }
    return Tally.of(tokens, rightTokens, (double) labels.size(0), rightStrings);
  }

  @Override
  public Metric leading() {
    return TOKENS;
  }

  @Override
  public Map<Metric, Double> metrics(Tally whole) {
    return Map.of(
        TOKENS, whole.sum(1) / whole.sum(0),
        STRINGS, whole.sum(3) / whole.sum(2));
  }
}
