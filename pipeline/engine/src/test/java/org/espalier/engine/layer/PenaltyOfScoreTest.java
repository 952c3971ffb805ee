package org.espalier.engine.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.espalier.engine.weights.PenaltySchedule;
import org.espalier.engine.weights.WeightForm;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** The penalty in a score is that of the parameters and of the step at which it is asked for. */
class PenaltyOfScoreTest {
  static java.util.stream.Stream<WeightForm> forms() {
    PenaltySchedule ramp = PenaltySchedule.linear(0.5, 0, 2);
    return java.util.stream.Stream.of(
        new WeightForm.Variational(-2, 3, ramp), new WeightForm.HardConcrete(0.3, ramp));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void aTrainedNetworkScoresAsANewOneOfItsParameters(WeightForm form) {
    ComputationGraph trained = graph(form);
    INDArray input = Nd4j.rand(DataType.DOUBLE, 3, 5);
    INDArray labels = Networks.labels(DataType.DOUBLE, 3);
    for (int step = 0; step < 4; step++) { // At step 0 the penalty weighs nothing.
      Networks.step(trained, input, labels);
      ComputationGraph fresh = graph(form);
      fresh.setParams(trained.params());
      at(step + 1, fresh);
      at(step + 1, trained);
      DataSet data = new DataSet(input, labels);
      assertThat(trained.score(data)).isCloseTo(fresh.score(data), within(1e-12));
    }
  }

  @ParameterizedTest
  @MethodSource("forms")
  void theScoreOfAStepIsTheLossAndTheWeighedPenalty(WeightForm form) {
    ComputationGraph graph = graph(form);
    INDArray input = Nd4j.rand(DataType.DOUBLE, 3, 5);
    INDArray labels = Networks.labels(DataType.DOUBLE, 3);
    at(0, graph);
    double loss = graph.score(new DataSet(input, labels));
    at(1, graph);
    double half = graph.score(new DataSet(input, labels)) - loss;
    at(2, graph);
    double full = graph.score(new DataSet(input, labels)) - loss;
    assertThat(half).isPositive();
    assertThat(full).isCloseTo(2 * half, within(1e-9 * full));
  }

  /** A score asks for the penalty of the step that its layers are at. */
  private static void at(int step, ComputationGraph graph) {
    for (Layer layer : graph.getLayers()) {
      layer.setIterationCount(step);
    }
  }

  private static ComputationGraph graph(WeightForm form) {
    return Networks.of(
        DataType.DOUBLE,
        InputType.feedForward(5),
        new SparseDense.Builder(5, 6).rectified().form(form).build(),
        new SparseDense.Builder(6, Networks.CLASSES).form(form).build());
  }
}
