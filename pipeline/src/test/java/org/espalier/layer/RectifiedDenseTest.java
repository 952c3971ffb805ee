package org.espalier.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class RectifiedDenseTest {
  private static final int CLASSES = 4;

  @ParameterizedTest
  @CsvSource({"1,1,1", "3,17,5", "31,33,100", "32,100,31", "100,17,33"})
  void followsDl4jsDenseLayerInOutputsAndGradients(int batch, int in, int hidden) {
    ComputationGraph stock =
        graph(
            new DenseLayer.Builder().nIn(in).nOut(hidden).activation(Activation.RELU).build(),
            new DenseLayer.Builder().nIn(hidden).nOut(7).activation(Activation.RELU).build());
    ComputationGraph ours =
        graph(
            new RectifiedDense.Builder(in, hidden).inputGradient(InputGradient.OMITTED).build(),
            new RectifiedDense.Builder(hidden, 7).build());
    ours.setParams(stock.params());
    INDArray images = Nd4j.rand(batch, in).subi(0.3);
    INDArray labels = Nd4j.zeros(batch, CLASSES);
    for (int i = 0; i < batch; i++) {
      labels.putScalar(i, i % CLASSES, 1);
    }
    requireClose(ours.outputSingle(images), stock.outputSingle(images));
    requireClose(gradient(ours, images, labels), gradient(stock, images, labels));
  }

  @Test
  void survivesJson() {
    ComputationGraphConfiguration configuration =
        graph(
                new RectifiedDense.Builder(3, 5).inputGradient(InputGradient.OMITTED).build(),
                new RectifiedDense.Builder(5, 7).build())
            .getConfiguration();
    ComputationGraphConfiguration again =
        ComputationGraphConfiguration.fromJson(configuration.toJson());
    assertThat(again).isEqualTo(configuration);
    assertThat(again.toJson()).contains("OMITTED");
  }

  @Test
  void anInputOfAnotherWidthIsNamedWithTheLayer() {
    ComputationGraph graph =
        graph(new RectifiedDense.Builder(3, 5).build(), new RectifiedDense.Builder(5, 7).build());
    assertThatThrownBy(() -> graph.outputSingle(Nd4j.rand(2, 4)))
        .hasMessageContaining("Cannot run layer first on an array of shape")
        .hasMessageContaining("it takes [batch, 3] with at least one row");
  }

  private static ComputationGraph graph(FeedForwardLayer first, FeedForwardLayer second) {
    ComputationGraph graph =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(3)
                .updater(new Sgd(1))
                .graphBuilder()
                .addInputs("in")
                .addLayer("first", first, "in")
                .addLayer("second", second, "first")
                .addLayer(
                    "out",
                    new OutputLayer.Builder(LossFunction.MCXENT)
                        .activation(Activation.SOFTMAX)
                        .nIn(7)
                        .nOut(CLASSES)
                        .build(),
                    "second")
                .setOutputs("out")
                .build());
    graph.init();
    return graph;
  }

  /** What one step of SGD at rate 1 takes from the parameters. */
  private static INDArray gradient(ComputationGraph graph, INDArray images, INDArray labels) {
    INDArray before = graph.params().dup();
    graph.fit(new INDArray[] {images}, new INDArray[] {labels});
    INDArray gradient = before.subi(graph.params());
    return gradient;
  }

  private static void requireClose(INDArray actual, INDArray expected) {
    double distance = actual.distance2(expected);
    double norm = expected.norm2Number().doubleValue();
    assertThat(distance).isLessThanOrEqualTo(1e-5 * norm + 1e-7);
    assertThat(norm).isPositive();
  }
}
