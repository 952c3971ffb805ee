package org.espalier.experiment;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.espalier.averaging.Averaged;
import org.espalier.averaging.MaskedAveraging;
import org.espalier.averaging.TrainingState;
import org.espalier.base.Refusal;
import org.espalier.engine.optimiser.UpdatePlan;
import org.espalier.engine.replica.Dl4jLayout;
import org.espalier.engine.replica.Dl4jRecipe;
import org.espalier.engine.replica.Dl4jReplica;
import org.espalier.engine.replica.FlatVector;
import org.espalier.engine.replica.PlainWeights;
import org.espalier.engine.replica.ReplicaRecipe;
import org.espalier.engine.replica.VectorLayout;
import org.espalier.engine.tensor.NetworkTensors;
import org.espalier.engine.tensor.ParameterTensor;
import org.espalier.engine.tensor.TensorRole;
import org.espalier.engine.weights.WeightForm;
import org.espalier.sparsity.AveragedState;
import org.espalier.sparsity.SparseTensors;

/**
 * An experiment's network at step 0.
 *
 * @param name of the run
 * @param recipe builds its replicas
 * @param tensors the tensors that may be sparsified
 * @param vector how the values of its vector belong together
 * @param averaged what of the workers is averaged
 * @param initial the state before the first step
 * @param drawn how it is read when it is trained, where its weights are drawn
 * @param alwaysDense number of parameters that no method removes, such as biases
 * @param weights its weight tensors, and what they compute of an example
 */
record BuiltNetwork(
    String name,
    Dl4jRecipe recipe,
    SparseTensors tensors,
    VectorLayout vector,
    Averaged averaged,
    TrainingState initial,
    Optional<DrawnNetwork> drawn,
    long alwaysDense,
    WeightCounts weights) {

  static BuiltNetwork of(Experiment experiment) {
    ComputationGraph graph = graph(experiment, experiment.form());
    NetworkTensors all = NetworkTensors.of(graph);
    SparsityMethods.check(experiment.settings(), all);
    SparseTensors tensors = all.sparsifiable();
    Averaged averaged = averaged(graph, experiment);
    MaskedAveraging.check(experiment.method(), averaged, tensors, experiment.steps());
    VectorLayout layout = Dl4jLayout.of(graph, experiment.maskedGradient());
    Dl4jRecipe recipe =
        new Dl4jRecipe(
            graph.getConfiguration().toJson(),
            tensors,
            experiment.maskedGradient(),
            experiment.slices(),
            experiment.maskedProducts());
    Optional<DrawnNetwork> drawn =
        experiment
            .stochastic()
            .map(
                method ->
                    DrawnNetwork.of(
                        method,
                        graph,
                        graph(experiment, WeightForm.PLAIN),
                        experiment.slices(),
                        experiment.maskedProducts()));
    try (Dl4jReplica replica = Dl4jReplica.of(graph, tensors, experiment.maskedGradient())) {
      FlatVector vector = started(graph, replica.vector(), experiment);
      AveragedState start = AveragedState.initial(tensors, vector.head(replica.parameters()));
      return new BuiltNetwork(
          experiment.name(),
          recipe,
          tensors,
          layout,
          averaged,
          new TrainingState(0, vector, experiment.method().initial(start)),
          drawn,
          alwaysDense(all),
          WeightCounts.of(graph, all, inputs(experiment)));
    }
  }

  /** What is left of a trained network, at each of its operating points. */
  EvaluatedNetwork estimates(TrainingState trained) {
    return drawn
        .map(network -> network.estimates(name, trained.vector()))
        .orElseGet(() -> new EvaluatedNetwork(name, recipe, List.of(only(trained))));
  }

  private EvaluationPoint only(TrainingState trained) {
    return new EvaluationPoint(
        OptionalDouble.empty(),
        new PlainWeights(trained.vector().first(parameters()), trained.masks()));
  }

  /** Builds the replicas that train: without optimiser state where its owners take the steps. */
  ReplicaRecipe trainers() {
    return averaged instanceof Averaged.Gradients gradients
        ? recipe.ofGradients(gradients.plan())
        : recipe;
  }

  /** Number of parameters. */
  int parameters() {
    return vector.parameters();
  }

  private static Averaged averaged(ComputationGraph graph, Experiment experiment) {
    if (!experiment.averagesGradients()) {
      return new Averaged.Parameters();
    }
    try {
      return new Averaged.Gradients(UpdatePlan.elsewhere(graph));
    } catch (IllegalArgumentException e) {
      throw new Refusal(
          "Cannot average the gradients of %s: %s"
              .formatted(experiment.network().name(), e.getMessage()),
          e);
    }
  }

  private static long alwaysDense(NetworkTensors tensors) {
    return tensors.all().stream()
        .filter(tensor -> tensor.role() != TensorRole.COMPANION)
        .filter(tensor -> tensor.role() != TensorRole.MOMENTS)
        .filter(tensor -> !tensor.isSparsifiable())
        .mapToLong(ParameterTensor::length)
        .sum();
  }

  private static List<InputType> inputs(Experiment experiment) {
    return experiment.network().inputs(experiment.rows());
  }

  private static ComputationGraph graph(Experiment experiment, WeightForm form) {
    ComputationGraphConfiguration configuration =
        experiment
            .network()
            .graph(experiment.rows(), experiment.optimiser(), form, experiment.seed());
    ComputationGraph graph = new ComputationGraph(configuration);
    graph.init();
    return graph;
  }

  private static FlatVector started(
      ComputationGraph graph, FlatVector initial, Experiment experiment) {
    Optional<InitialNetwork> start = experiment.given().start();
    start.ifPresent(given -> given.requireFits(graph, experiment));
    return start.map(given -> given.parameters().padded(initial.length())).orElse(initial);
  }
}
