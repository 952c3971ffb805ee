package org.espalier.engine.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.espalier.engine.weights.PenaltySchedule;
import org.espalier.engine.weights.WeightForm;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Evaluation keeps a weight whose log alpha is below the threshold (the paper, section 3.2). */
class ThresholdTest {
  private static final double LOG_SIGMA2 = 0.5;

  @Test
  void aWeightAtTheThresholdIsDropped() {
    for (LayerHarness layer : at(0)) {
      assertThat(output(layer)).isZero();
    }
  }

  @Test
  void aWeightBelowItIsKept() {
    for (LayerHarness layer : at(1e-6)) {
      assertThat(output(layer)).isEqualTo(1);
    }
  }

  @Test
  void logAlphaIsNotClippedForIt() {
    for (double threshold : new double[] {LOG_SIGMA2 + 9, LOG_SIGMA2 - 9}) {
      for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
        LayerHarness layer = layer(type, threshold);
        layer.parameter("logSigma2", Nd4j.scalar(type, threshold - 0.25).reshape(1, 1));
        assertThat(output(layer)).isEqualTo(1);
        layer.parameter("logSigma2", Nd4j.scalar(type, threshold + 0.25).reshape(1, 1));
        assertThat(output(layer)).isZero();
      }
    }
  }

  /** Layers whose one weight, 1, lies so far below the threshold: the exact log alpha of each. */
  private static List<LayerHarness> at(double above) {
    double exact = LOG_SIGMA2 - Math.log(1 + 1e-8);
    LayerHarness operations =
        LayerHarness.onOperations(configuration(LOG_SIGMA2 + above), DataType.FLOAT);
    fill(operations, DataType.FLOAT);
    return List.of(
        layer(DataType.FLOAT, LOG_SIGMA2 + above),
        layer(DataType.DOUBLE, exact + above),
        operations);
  }

  private static LayerHarness layer(DataType type, double threshold) {
    LayerHarness layer = new LayerHarness(configuration(threshold), type);
    fill(layer, type);
    return layer;
  }

  private static org.deeplearning4j.nn.conf.layers.Layer configuration(double threshold) {
    return new SparseDense.Builder(1, 1)
        .withoutBias()
        .form(new WeightForm.Variational(-10, threshold, PenaltySchedule.NONE))
        .build();
  }

  private static void fill(LayerHarness layer, DataType type) {
    layer.parameter("W", Nd4j.ones(type, 1, 1));
    layer.parameter("logSigma2", Nd4j.scalar(type, LOG_SIGMA2).reshape(1, 1));
  }

  private static double output(LayerHarness layer) {
    INDArray one = Nd4j.ones(layer.parameters().get("W").dataType(), 1, 1);
    return layer.evaluate(one).getDouble(0);
  }
}
