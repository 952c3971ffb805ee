package org.espalier.dl4jspark;

import java.util.List;
import org.deeplearning4j.nn.api.OptimizationAlgorithm;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.espalier.base.Refusal;
import org.nd4j.linalg.api.buffer.DataType;

/** What a stock network has to be to be trained by masked parameter averaging. */
final class TrainableNetwork {
  private TrainableNetwork() {}

  /**
   * Checks a network that masks are held for, or none if it is trained dense.
   *
   * @throws Refusal if averaging its parameters, or masking them, would give another network than
   *     asked for
   */
  static void require(ComputationGraphConfiguration graph, boolean masked) {
    if (graph.getDataType() != DataType.FLOAT) {
      throw new Refusal(
          "Cannot train a network of data type %s: parameters travel as float32; build it with dataType(DataType.FLOAT)."
              .formatted(graph.getDataType()));
    }
    if (graph.getBackpropType() != BackpropType.Standard) {
      throw new Refusal(
          "Cannot train with truncated backpropagation through time: it takes several steps per minibatch and rounds count one; use BackpropType.Standard.");
    }
    for (LayerVertex vertex : layers(graph)) {
      require(vertex, masked);
    }
  }

  private static void require(LayerVertex vertex, boolean masked) {
    Layer layer = vertex.getLayerConf().getLayer();
    OptimizationAlgorithm algorithm = vertex.getLayerConf().getOptimizationAlgo();
    if (algorithm != OptimizationAlgorithm.STOCHASTIC_GRADIENT_DESCENT) {
      throw new Refusal(
          "Cannot train with %s: its search has a state that cannot be averaged; use STOCHASTIC_GRADIENT_DESCENT with an updater."
              .formatted(algorithm));
    }
    if (masked && layer instanceof BaseLayer weighted && weighted.getWeightNoise() != null) {
      throw new Refusal(
          "Cannot mask layer %s: it has weight noise of its own, %s, in the place of the mask; remove it or train dense."
              .formatted(
                  layer.getLayerName(), weighted.getWeightNoise().getClass().getSimpleName()));
    }
  }

  private static List<LayerVertex> layers(ComputationGraphConfiguration graph) {
    return graph.getVertices().values().stream()
        .filter(LayerVertex.class::isInstance)
        .map(LayerVertex.class::cast)
        .toList();
  }
}
