package org.espalier.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.espalier.averaging.WorkerData;
import org.espalier.averaging.evaluation.ClusterEvaluation.BatchOpener;
import org.espalier.datasets.RowRange;
import org.espalier.datasets.Split;
import org.espalier.engine.replica.WorkerBatches;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;

class MeanImageTest extends OnSmallRuns {
  private static final int PIXELS = 28 * 28;

  @ParameterizedTest
  @ValueSource(strings = {"lenet-300-100", "lenet-5-caffe"})
  void centredTrainingBatchesHaveMeanZeroInEveryPixel(String network) {
    try (PreparedRows images = images(network, "meanImage")) {
      double[] means = trainingMeans(images);
      for (double mean : means) {
        assertThat(mean).isCloseTo(0, within(1e-6));
      }
    }
  }

  @Test
  void theMeanIsThatOfTheTrainingSplitAlone() throws IOException {
    double[] training = readMeans(Split.TRAIN);
    double[] test = readMeans(Split.TEST);
    try (PreparedRows images = images("lenet-300-100", "meanImage")) {
      double[] centred = testMeans(images);
      for (int i = 0; i < PIXELS; i++) {
        assertThat(centred[i]).isCloseTo(test[i] - training[i], within(1e-6));
      }
    }
  }

  @Test
  void withoutACentrePixelsAreDividedOnly() throws IOException {
    double[] training = readMeans(Split.TRAIN);
    try (PreparedRows images = images("lenet-300-100", "none")) {
      double[] means = trainingMeans(images);
      for (int i = 0; i < PIXELS; i++) {
        assertThat(means[i]).isCloseTo(training[i], within(1e-6));
      }
    }
  }

  private static PreparedRows images(String network, String centre) {
    return new PreparedRows(
        runs.spark(),
        runs.experiment("network=%s\ninput{divisor=256,centre=%s}".formatted(network, centre)));
  }

  /** Over both workers' batches of one epoch, which is every training image once. */
  private static double[] trainingMeans(PreparedRows images) {
    WorkerData training = images.training();
    List<double[]> sums =
        training
            .shared(List.of("here", "here"))
            .map(worker -> sums(worker.batches(), 10))
            .collect();
    assertThat(sums).hasSize(2);
    double[] means = new double[PIXELS];
    for (int i = 0; i < PIXELS; i++) {
      means[i] = (sums.get(0)[i] + sums.get(1)[i]) / 200;
    }
    return means;
  }

  private static double[] testMeans(PreparedRows images) {
    BatchOpener test = images.test();
    int batches = images.testBatches();
    double[] means =
        runs.spark().parallelize(List.of(0), 1).map(none -> sums(test.open(), batches)).first();
    for (int i = 0; i < PIXELS; i++) {
      means[i] /= 60;
    }
    return means;
  }

  private static double[] sums(WorkerBatches batches, int count) {
    double[] sums = new double[PIXELS];
    try (batches) {
      for (int step = 0; step < count; step++) {
        INDArray images = batches.at(step).getFeatures(0);
        float[] values = images.ravel().toFloatVector();
        for (int i = 0; i < values.length; i++) {
          sums[i % PIXELS] += values[i];
        }
      }
    }
    return sums;
  }

  private static double[] readMeans(String split) throws IOException {
    double[] means = new double[PIXELS];
    long rows = SmallRuns.DIGITS.rows().get(split);
    SmallRuns.DIGITS.read(
        split,
        new RowRange(0, rows),
        new Configuration(),
        row -> {
          byte[] pixels = (byte[]) row.values().get(0);
          for (int i = 0; i < PIXELS; i++) {
            means[i] += (pixels[i] & 0xFF) / 256.0 / rows;
          }
        });
    return means;
  }
}
