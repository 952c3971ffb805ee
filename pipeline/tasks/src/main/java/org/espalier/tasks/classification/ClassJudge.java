package org.espalier.tasks.classification;

import java.util.Map;
import org.espalier.base.Metric;
import org.espalier.engine.replica.Judge;
import org.espalier.engine.replica.Tally;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * The judge of classifiers: accuracy, which leads, and mean cross-entropy in nats.
 *
 * <p>Takes probabilities `[batch, classes]` and class numbers `[batch]`, in plain Java and a fixed
 * order; among equal probabilities the lowest class counts, and none counts as less than 1e-10.
 */
final class ClassJudge implements Judge {
  private static final long serialVersionUID = 1L;
  private static final double SMALLEST = 1e-10;
  private static final int ROWS = 0;
  private static final int RIGHT = 1;
  private static final int LOSS = 2;

  @Override
  public Tally judge(INDArray probabilities, MultiDataSet batch) {
    float[][] rows = probabilities.toFloatMatrix();
    int[] classes = batch.getLabels(0).toIntVector();
    long right = 0;
    double loss = 0;
    for (int i = 0; i < rows.length; i++) {
      if (highest(rows[i]) == classes[i]) {
        right++;
      }
      loss -= Math.log(Math.max(rows[i][classes[i]], SMALLEST));
    }
    return Tally.of(rows.length, (double) right, loss);
  }

  @Override
  public Metric leading() {
    return Metric.ACCURACY;
  }

  @Override
  public Map<Metric, Double> metrics(Tally whole) {
    double rows = whole.sum(ROWS);
    return Map.of(
        Metric.ACCURACY, whole.sum(RIGHT) / rows, Metric.CROSS_ENTROPY, whole.sum(LOSS) / rows);
  }

  private static int highest(float[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      if (values[i] > values[best]) {
        best = i;
      }
    }
    return best;
  }
}
