package org.espalier.dl4jspark;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.espalier.averaging.Averaged;
import org.espalier.averaging.MaskedAveraging;
import org.espalier.base.Mix64;
import org.espalier.engine.replica.Dl4jRecipe;
import org.espalier.sparsity.Dense;
import org.espalier.sparsity.SparseTensors;

/**
 * What the cluster has to know of the driver's network.
 *
 * @param recipe builds its replicas
 * @param name the same for equal recipes, so that executors keep their replicas from one fit to the
 *     next
 */
record NetworkBlueprint(Dl4jRecipe recipe, String name) {
  private static final String PREFIX = "masked-parameter-averaging-";

  /** Reads the network, of which a method that masks nothing needs no tensors. */
  static NetworkBlueprint of(DriverNetwork network, MasterSettings settings) {
    boolean masked = !(settings.method() instanceof Dense);
    ComputationGraphConfiguration graph = network.graph();
    TrainableNetwork.require(graph, masked);
    SparseTensors tensors = masked ? network.sparsifiable() : SparseTensors.of();
    MaskedAveraging.check(
        settings.method(),
        new Averaged.Parameters(),
        tensors,
        settings.plannedSteps().orElse(Long.MAX_VALUE));
    Dl4jRecipe recipe = new Dl4jRecipe(countingFromZero(graph), tensors, settings.maskedGradient());
    return new NetworkBlueprint(recipe, PREFIX + "%016x".formatted(key(recipe)));
  }

  SparseTensors tensors() {
    return recipe.tensors();
  }

  /** The JSON without what changes from fit to fit. */
  private static String countingFromZero(ComputationGraphConfiguration graph) {
    graph.setIterationCount(0);
    graph.setEpochCount(0);
    return graph.toJson();
  }

  private static long key(Dl4jRecipe recipe) {
    return Mix64.of(recipe.configuration() + recipe.tensors() + recipe.maskedGradient());
  }
}
