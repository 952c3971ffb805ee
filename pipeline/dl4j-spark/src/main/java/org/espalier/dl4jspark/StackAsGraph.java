package org.espalier.dl4jspark;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;

/**
 * A stack of layers as the graph with one path: the same parameters and updater state in the same
 * order, layers named by their position from 0 on (as in DL4J's own parameter tables).
 *
 * <p>DL4J's conversion of a network forgets the workspace modes and whether gradients are divided
 * by the batch; this one keeps them.
 */
final class StackAsGraph {
  private static final String INPUT = "in";

  private StackAsGraph() {}

  static ComputationGraphConfiguration of(MultiLayerConfiguration configuration) {
    MultiLayerConfiguration stack = configuration.clone();
    NeuralNetConfiguration first = stack.getConf(0);
    var graph =
        new NeuralNetConfiguration.Builder()
            .dataType(stack.getDataType())
            .seed(first.getSeed())
            .miniBatch(first.isMiniBatch())
            .optimizationAlgo(first.getOptimizationAlgo())
            .trainingWorkspaceMode(stack.getTrainingWorkspaceMode())
            .inferenceWorkspaceMode(stack.getInferenceWorkspaceMode())
            .graphBuilder()
            .addInputs(INPUT)
            .backpropType(stack.getBackpropType())
            .validateOutputLayerConfig(stack.isValidateOutputLayerConfig());
    String below = INPUT;
    for (int layer = 0; layer < stack.getConfs().size(); layer++) {
      String name = Integer.toString(layer);
      graph.addLayer(name, stack.getConf(layer).getLayer(), stack.getInputPreProcess(layer), below);
      below = name;
    }
    return graph.setOutputs(below).build();
  }
}
