package org.espalier.engine.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.espalier.engine.weights.PenaltySchedule;
import org.espalier.engine.weights.WeightForm;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What the parameters beside the weights are at first (the paper's released code). */
class InitialParametersTest {
  private static final int IN = 200;

  @Test
  void logSigma2IsConstant() {
    ComputationGraph graph = graph(new WeightForm.Variational(-10, 3, PenaltySchedule.NONE));
    INDArray logSigma2 = graph.getLayer(0).getParam("logSigma2");
    assertThat(logSigma2.minNumber().doubleValue()).isEqualTo(-10);
    assertThat(logSigma2.maxNumber().doubleValue()).isEqualTo(-10);
  }

  @Test
  void logAlphaIsNormalAroundItsMeanWithADeviationOfAHundredth() {
    ComputationGraph graph = graph(new WeightForm.HardConcrete(2.197, PenaltySchedule.NONE));
    INDArray logAlpha = graph.getLayer(0).getParam("logAlpha");
    double meanDeviation = 0.01 / Math.sqrt((double) logAlpha.length());
    assertThat(logAlpha.meanNumber().doubleValue()).isCloseTo(2.197, within(5 * meanDeviation));
    assertThat(logAlpha.stdNumber().doubleValue()).isCloseTo(0.01, within(4 * meanDeviation));
    assertThat(logAlpha).isNotEqualTo(graph.getLayer(1).getParam("logAlpha"));
  }

  @Test
  void biasesAreZeroAndWeightsAreNot() {
    for (WeightForm form : GradientCheckTest.forms().toList()) {
      ComputationGraph graph = graph(form);
      assertThat(graph.getLayer(0).getParam("b").normmaxNumber().doubleValue()).isZero();
      assertThat(graph.getLayer(0).getParam("W").normmaxNumber().doubleValue()).isPositive();
    }
  }

  private static ComputationGraph graph(WeightForm form) {
    return Networks.of(
        DataType.FLOAT,
        InputType.feedForward(IN),
        new SparseDense.Builder(IN, IN).form(form).build(),
        new SparseDense.Builder(IN, IN).form(form).build(),
        new SparseDense.Builder(IN, Networks.CLASSES).build());
  }
}
