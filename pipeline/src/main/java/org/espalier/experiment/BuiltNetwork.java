package org.espalier.experiment;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.espalier.averaging.TrainingState;
import org.espalier.model.SparsifiableTensors;
import org.espalier.sparsity.AveragedState;
import org.espalier.sparsity.SparseTensors;
import org.espalier.training.Dl4jLayout;
import org.espalier.training.Dl4jRecipe;
import org.espalier.training.Dl4jReplica;
import org.espalier.training.FlatVector;
import org.espalier.training.VectorLayout;

/**
 * An experiment's network at step 0.
 *
 * @param recipe builds its replicas
 * @param tensors the tensors that may be sparsified
 * @param vector how the values of its vector belong together
 * @param initial the state before the first step
 */
record BuiltNetwork(
    Dl4jRecipe recipe, SparseTensors tensors, VectorLayout vector, TrainingState initial) {

  static BuiltNetwork of(Experiment experiment) {
    var manifest = experiment.dataset().manifest();
    ComputationGraphConfiguration configuration =
        experiment
            .network()
            .graph(manifest.image(), manifest.classes(), experiment.optimiser(), experiment.seed());
    ComputationGraph graph = new ComputationGraph(configuration);
    graph.init();
    SparseTensors tensors = SparsifiableTensors.of(graph);
    experiment.method().validate(tensors, experiment.steps());
    VectorLayout layout = Dl4jLayout.of(graph, experiment.maskedGradient());
    Dl4jRecipe recipe =
        new Dl4jRecipe(configuration.toJson(), tensors, experiment.maskedGradient());
    try (Dl4jReplica replica = Dl4jReplica.of(graph, tensors, experiment.maskedGradient())) {
      FlatVector vector = replica.vector();
      AveragedState start = AveragedState.initial(tensors, vector.head(replica.parameters()));
      return new BuiltNetwork(
          recipe,
          tensors,
          layout,
          new TrainingState(0, vector, experiment.method().initial(start)));
    }
  }

  /** Number of parameters. */
  int parameters() {
    return vector.parameters();
  }
}
