package org.espalier.engine.replica;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.espalier.engine.layer.SoftmaxLoss;
import org.espalier.engine.layer.SparseDense;
import org.espalier.engine.optimiser.Optimiser;
import org.espalier.engine.tensor.NetworkTensors;
import org.espalier.engine.weights.WeightForm;
import org.espalier.sparsity.MaskedGradient;
import org.espalier.sparsity.SparseTensors;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * A network for the examples of {@link SmallNetwork} whose tensors are {@code below/W}, {@code
 * block/W} and {@code block/V} of one layer, {@code mix/W} of a vertex, and {@code top/W}.
 */
public final class SeveralTensors {
  private static final int PIXELS = 16;
  private static final int WIDTH = 10;
  private static final int HIDDEN = 14;
  private static final int CLASSES = 3;

  private SeveralTensors() {}

  /** The network with weights of a form in every tensor. */
  public static ComputationGraphConfiguration configuration(Optimiser optimiser, WeightForm form) {
    return configuration(optimiser.updater(), form, DataType.FLOAT);
  }

  static ComputationGraphConfiguration configuration(
      IUpdater updater, WeightForm form, DataType type) {
    return new NeuralNetConfiguration.Builder()
        .seed(7)
        .dataType(type)
        .updater(updater)
        .graphBuilder()
        .addInputs("images")
        .addLayer(
            "below",
            new SparseDense.Builder(PIXELS, WIDTH).rectified().form(form).build(),
            "images")
        .addLayer("block", new HiddenUnits.Builder(WIDTH, HIDDEN, WIDTH, form).build(), "below")
        .addVertex("mix", new Mixture(WIDTH, form, updater), "block", "below")
        .addLayer("top", new SparseDense.Builder(WIDTH, CLASSES).form(form).build(), "mix")
        .addLayer("loss", SoftmaxLoss.plain(), "top")
        .setOutputs("loss")
        .build();
  }

  /** Its graph, initialised. */
  public static ComputationGraph graph(Optimiser optimiser, WeightForm form) {
    ComputationGraph graph = new ComputationGraph(configuration(optimiser, form));
    graph.init();
    return graph;
  }

  /** Its weight tensors. */
  public static SparseTensors tensors(Optimiser optimiser, WeightForm form) {
    return NetworkTensors.of(graph(optimiser, form)).sparsifiable();
  }

  /** Builds its replicas. */
  public static Dl4jRecipe recipe(Optimiser optimiser, WeightForm form) {
    return new Dl4jRecipe(
        configuration(optimiser, form).toJson(), tensors(optimiser, form), MaskedGradient.NONE);
  }

  /** How its vector is laid out. */
  public static VectorLayout layout(Optimiser optimiser, WeightForm form) {
    return Dl4jLayout.of(graph(optimiser, form), MaskedGradient.NONE);
  }
}
