package org.espalier.averaging;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.espalier.engine.layer.SoftmaxLoss;
import org.espalier.engine.layer.SparseDense;
import org.espalier.engine.optimiser.Optimiser;
import org.espalier.engine.replica.Dl4jLayout;
import org.espalier.engine.replica.Dl4jRecipe;
import org.espalier.engine.replica.VectorLayout;
import org.espalier.engine.tensor.NetworkTensors;
import org.espalier.sparsity.MaskedGradient;
import org.espalier.sparsity.SparseTensors;
import org.nd4j.linalg.activations.Activation;

/**
 * A network without kinks, for the examples of {@code SmallNetwork}: a rectifier whose input is
 * within rounding of zero would pass on an example's gradient in one batch and not in another.
 */
final class SmoothNetwork {
  private static final int PIXELS = 16;
  private static final int CLASSES = 3;

  private SmoothNetwork() {}

  static ComputationGraph graph(Optimiser optimiser) {
    ComputationGraph graph = new ComputationGraph(configuration(optimiser));
    graph.init();
    return graph;
  }

  static SparseTensors tensors(Optimiser optimiser) {
    return NetworkTensors.of(graph(optimiser)).sparsifiable();
  }

  static VectorLayout layout(Optimiser optimiser, MaskedGradient gradient) {
    return Dl4jLayout.of(graph(optimiser), gradient);
  }

  static Dl4jRecipe recipe(Optimiser optimiser, MaskedGradient gradient) {
    return new Dl4jRecipe(configuration(optimiser).toJson(), tensors(optimiser), gradient);
  }

  private static ComputationGraphConfiguration configuration(Optimiser optimiser) {
    return new NeuralNetConfiguration.Builder()
        .seed(7)
        .updater(optimiser.updater())
        .l2(optimiser.weightDecay())
        .graphBuilder()
        .addInputs("pixels")
        .addLayer("fc1", new SparseDense.Builder(PIXELS, 40).build(), "pixels")
        .addLayer("tanh1", new ActivationLayer(Activation.TANH), "fc1")
        .addLayer("fc2", new SparseDense.Builder(40, 20).build(), "tanh1")
        .addLayer("tanh2", new ActivationLayer(Activation.TANH), "fc2")
        .addLayer("fc3", new SparseDense.Builder(20, CLASSES).build(), "tanh2")
        .addLayer("loss", SoftmaxLoss.plain(), "fc3")
        .setOutputs("loss")
        .build();
  }
}
