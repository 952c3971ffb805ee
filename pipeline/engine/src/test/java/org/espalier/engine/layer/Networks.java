package org.espalier.engine.layer;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/** Small networks of a few layers in a row. */
final class Networks {
  static final int CLASSES = 4;

  private Networks() {}

  /** The layers, then a softmax loss, trained by SGD at a rate of 1. */
  static ComputationGraph of(DataType type, InputType input, Layer... layers) {
    var builder =
        new NeuralNetConfiguration.Builder()
            .seed(3)
            .dataType(type)
            .updater(new Sgd(1))
            .graphBuilder()
            .addInputs("in");
    String below = "in";
    for (int i = 0; i < layers.length; i++) {
      builder.addLayer("layer" + i, layers[i], below);
      below = "layer" + i;
    }
    ComputationGraph graph =
        new ComputationGraph(
            builder
                .addLayer("loss", SoftmaxLoss.plain(), below)
                .setOutputs("loss")
                .setInputTypes(input)
                .build());
    graph.init();
    return graph;
  }

  /** One-hot labels. */
  static INDArray labels(DataType type, int batch) {
    INDArray labels = Nd4j.zeros(type, batch, CLASSES);
    for (int i = 0; i < batch; i++) {
      labels.putScalar(i, i % CLASSES, 1);
    }
    return labels;
  }

  /** What one step of SGD at rate 1 takes from the parameters. */
  static INDArray step(ComputationGraph graph, INDArray input, INDArray labels) {
    INDArray before = graph.params().dup();
    graph.fit(new INDArray[] {input}, new INDArray[] {labels});
    return before.subi(graph.params());
  }
}
