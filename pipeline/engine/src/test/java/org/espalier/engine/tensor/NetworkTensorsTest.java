package org.espalier.engine.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.espalier.base.Refusal;
import org.espalier.sparsity.SparseTensor;
import org.espalier.sparsity.SparseTensors;
import org.espalier.sparsity.WeightLayout;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;

class NetworkTensorsTest {
  @Test
  void aKernelLiesInTheFlatVectorAsItsShapeSays() {
    ComputationGraph graph = graph(new ConvolutionLayer.Builder(3, 2).nOut(5).build());
    SparseTensor kernel = NetworkTensors.of(graph).sparsifiable().named("conv/W");
    assertThat(kernel.layout()).isEqualTo(WeightLayout.OUT_IN_HEIGHT_WIDTH);
    assertThat(kernel.shape()).containsExactly(5, 2, 3, 2);
    INDArray weights = graph.getLayer("conv").getParam("W");
    assertThat(graph.params().getFloat(kernel.offset() + ((4 * 2 + 1) * 3 + 2) * 2 + 1))
        .isEqualTo(weights.getFloat(4, 1, 2, 1));
  }

  @Test
  void aDenseWeightReadsAsOutputsTimesInputs() {
    ComputationGraph graph = graph(new ConvolutionLayer.Builder(3, 2).nOut(5).build());
    SparseTensors tensors = NetworkTensors.of(graph).sparsifiable();
    SparseTensor dense = tensors.named("classes/W");
    assertThat(dense.layout()).isEqualTo(WeightLayout.OUT_IN);
    assertThat(dense.shape()).containsExactly(3, 5 * 4 * 5);
    assertThat(graph.params().getFloat(dense.offset() + 2 * 100 + 7))
        .isEqualTo(graph.getLayer("classes").getParam("W").getFloat(7, 2));
  }

  @Test
  void aLayerThatAMaskDoesNotReachIsRefused() {
    ComputationGraph graph = graph(new SeparableConvolution2D.Builder(3, 2).nOut(5).build());
    assertThatThrownBy(() -> NetworkTensors.of(graph).sparsifiable())
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot sparsify conv/W: masks reach dense, 2D convolution and output layers and not SeparableConvolution2D; train this network dense or replace the layer.");
  }

  private static ComputationGraph graph(Layer first) {
    ComputationGraph graph =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .graphBuilder()
                .addInputs("images")
                .addLayer("conv", first, "images")
                .addLayer(
                    "classes",
                    new OutputLayer.Builder().nOut(3).activation(Activation.SOFTMAX).build(),
                    "conv")
                .setOutputs("classes")
                .setInputTypes(InputType.convolutional(6, 6, 2))
                .build());
    graph.init();
    return graph;
  }
}
