package org.espalier.tasks.classification;

import java.util.LinkedHashMap;
import java.util.Map;
import org.espalier.base.Metric;
import org.espalier.base.Metric.Direction;
import org.espalier.engine.replica.Judge;
import org.espalier.engine.replica.Tally;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * The judge of classifiers: accuracy, which leads, mean cross-entropy in nats, the expected
 * calibration error, and where there are more than five classes top-5 accuracy, which says nothing
 * otherwise.
 *
 * <p>The calibration error (Guo et al. 2017) sorts rows into 15 bins ((m - 1) / 15, m / 15] of
 * their highest probability and is the mean, weighted by rows, of the distance between accuracy and
 * mean highest probability in a bin.
 *
 * <p>Takes probabilities `[batch, classes]` and class numbers `[batch]`, in plain Java and a fixed
 * order, and reads them as {@link Probabilities} does.
 */
final class ClassJudge implements Judge {
  /** Rows whose class is among the five of highest probability, over all rows. */
  static final Metric TOP_5 = new Metric("top-5-accuracy", Metric.FRACTION, Direction.HIGHER);

  /** The distance between how sure a network is and how often it is right. */
  static final Metric CALIBRATION =
      new Metric("expected-calibration-error", Metric.FRACTION, Direction.LOWER);

  private static final long serialVersionUID = 1L;
  private static final int FIVE = 5;
  private static final int BINS = 15;

  // Places of the sums.
  private static final int ROWS = 0;
  private static final int RIGHT = 1;
  private static final int LOSS = 2;
  private static final int RANKED = 3; // Rows of more than five classes.
  private static final int AMONG_FIVE = 4;
  private static final int GAPS = 5; // Right rows minus highest probabilities, bin by bin.
  private static final int SUMS = GAPS + BINS;

  @Override
  public Tally judge(INDArray probabilities, MultiDataSet batch) {
    float[][] rows = probabilities.toFloatMatrix();
    int[] classes = batch.getLabels(0).toIntVector();
    double[] sums = new double[SUMS];
    for (int i = 0; i < rows.length; i++) {
      add(rows[i], classes[i], sums);
    }
    return Tally.of(sums);
  }

  private static void add(float[] row, int truth, double[] sums) {
    int highest = Probabilities.highest(row);
    int right = highest == truth ? 1 : 0;
    sums[ROWS]++;
    sums[RIGHT] += right;
    sums[LOSS] += Probabilities.loss(row, truth);
    if (row.length > FIVE) {
      sums[RANKED]++;
      sums[AMONG_FIVE] += Probabilities.rank(row, truth) < FIVE ? 1 : 0;
    }
    sums[GAPS + bin(row[highest])] += right - row[highest];
  }

  private static int bin(float probability) {
    return Math.max(0, Math.min(BINS, (int) Math.ceil((double) probability * BINS)) - 1);
  }

  @Override
  public Metric leading() {
    return Metric.ACCURACY;
  }

  @Override
  public Map<Metric, Double> metrics(Tally whole) {
    double rows = whole.sum(ROWS);
    Map<Metric, Double> metrics = new LinkedHashMap<>();
    metrics.put(Metric.ACCURACY, whole.sum(RIGHT) / rows);
    metrics.put(Metric.CROSS_ENTROPY, whole.sum(LOSS) / rows);
    if (whole.sum(RANKED) > 0) {
      metrics.put(TOP_5, whole.sum(AMONG_FIVE) / whole.sum(RANKED));
    }
    double gaps = 0;
    for (int bin = 0; bin < BINS; bin++) {
      gaps += Math.abs(whole.sum(GAPS + bin));
    }
    metrics.put(CALIBRATION, gaps / rows);
    return metrics;
  }
}
