package org.espalier.engine.transformer;

import java.util.Arrays;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.espalier.base.Mix64;
import org.espalier.engine.kernel.Smoothing;
import org.espalier.engine.kernel.UpdateRule;
import org.espalier.engine.optimiser.ConstantRate;
import org.espalier.engine.optimiser.Optimiser;
import org.espalier.engine.tensor.NetworkTensors;
import org.espalier.engine.tensor.ParameterTensor;
import org.espalier.engine.tensor.TensorRole;
import org.espalier.engine.weights.WeightForm;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Small Transformers, and rows for them. */
final class TransformerGraphs {
  static final int BATCH = 2;

  /** Labels of {@link #labels} that count. */
  static final int COUNTED = 10;

  private static final Optimiser SGD = new Optimiser(new UpdateRule.Sgd(), new ConstantRate(1), 0);

  private TransformerGraphs() {}

  static ComputationGraph of(
      TransformerShape shape, TransformerDropout dropout, WeightForm form, DataType type) {
    ComputationGraph graph =
        new ComputationGraph(
            builder(shape, dropout, form, type)
                .addLayer(
                    "loss",
                    new TokenLoss(new Smoothing(Smoothing.Kind.OTHER_CLASSES, 0.1)),
                    "transformer")
                .setOutputs("loss")
                .build());
    graph.init();
    graph.initGradientsView();
    return graph;
  }

  /** A graph without its end. */
  static GraphBuilder builder(
      TransformerShape shape, TransformerDropout dropout, WeightForm form, DataType type) {
    return new NeuralNetConfiguration.Builder()
        .seed(3)
        .dataType(type)
        .updater(SGD.updater())
        .graphBuilder()
        .addInputs("source", "target")
        .addVertex(
            "transformer",
            new Transformer("transformer", shape, dropout, form, SGD),
            "source",
            "target");
  }

  /** Gains of one and shifts of zero would hide some of what they do. */
  static void scatterVectors(ComputationGraph graph) {
    for (ParameterTensor tensor : NetworkTensors.of(graph).all()) {
      if (tensor.role() == TensorRole.NORMALISATION || tensor.role() == TensorRole.BIAS) {
        INDArray values = tensor.flat(graph.params());
        long key = Mix64.of(tensor.name());
        for (int i = 0; i < tensor.length(); i++) {
          double around = tensor.key().endsWith(Sublayer.GAIN) ? 0.7 : 0;
          values.putScalar(i, around + 0.4 * (Mix64.unit(key, i) - 0.5));
        }
      }
    }
  }

  static INDArray source(DataType type) {
    return Nd4j.concat(
        0,
        tokens(type, "3 4 5 0 6 7 8 1 2", "1 1 1 0 2 2 2 2 3", "0 1 2 0 0 1 2 3 0"),
        tokens(type, "9 9 11 3 1 0 0 0 0", "1 1 1 1 1 0 0 0 0", "0 1 2 3 4 0 0 0 0"));
  }

  static INDArray target(DataType type) {
    return Nd4j.concat(
        0,
        tokens(type, "5 6 1 0 8 1 12", "1 1 1 0 2 2 3", "0 1 2 0 0 1 0"),
        tokens(type, "5 5 5 1 0 0 0", "1 1 1 1 0 0 0", "0 1 2 3 0 0 0"));
  }

  static INDArray labels(DataType type) {
    return Nd4j.createFromArray(new double[][] {{5, 6, 1, -1, 8, 1, 12}, {5, 5, 5, 1, -1, -1, -1}})
        .castTo(type);
  }

  /** A row `[1, 3, length]`. */
  static INDArray tokens(DataType type, String ids, String segments, String positions) {
    double[][][] row = {{numbers(ids), numbers(segments), numbers(positions)}};
    return Nd4j.createFromArray(row).castTo(type);
  }

  private static double[] numbers(String text) {
    return Arrays.stream(text.split(" ")).mapToDouble(Double::parseDouble).toArray();
  }
}
