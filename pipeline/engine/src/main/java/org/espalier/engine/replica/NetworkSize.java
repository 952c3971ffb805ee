package org.espalier.engine.replica;

import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.espalier.engine.kernel.sparse.MaskedProducts;
import org.espalier.engine.tensor.HoldsActivations;

/**
 * The size of a network in float32 values, from its configuration: what the memory of a run is
 * worked out from before anything is allocated.
 *
 * @param parameters in the flat vector
 * @param state values that the optimiser remembers
 * @param activations values per example that a training step holds at a time: the outputs of all
 *     vertices and two gradients as long as the longest of them; where weights are drawn, the
 *     squares and deviations of every output too. 0 where the shape of the inputs is not known
 * @param scratch values that a replica holds of its weights beside parameters and gradient: masked
 *     ones, or what is drawn of them; at most
 * @param kept weights that are kept where products leave the others out; at most
 * @param results values per example that vertices hold of a batch of evaluation, beside those of a
 *     training step
 */
public record NetworkSize(
    long parameters, long state, long activations, long scratch, long kept, long results) {

  /** What the passes of a replica write down of its weights. */
  public enum Weights {
    /** Nothing: they read the parameters. */
    DENSE(0, 0),
    /** The weights that a mask leaves. */
    MASKED(1, 0),
    /** The same, and those of few kept weights once more, apart. */
    FEW_APART(1, MaskedProducts.MOST_KEPT),
    /** The same whether they are few or not. */
    ALL_APART(1, 1),
    /** Noise and moments, about as much as the parameters and their companions twice. */
    DRAWN(2, 0);

    private final int scratch;
    private final double kept;

    Weights(int scratch, double kept) {
      this.scratch = scratch;
      this.kept = kept;
    }

    /** Those of networks under masks. */
    public static Weights under(MaskedProducts products) {
      return switch (products) {
        case DENSE -> MASKED;
        case AUTO -> FEW_APART;
        case SPARSE -> ALL_APART;
      };
    }
  }

  /**
   * The size of a configured network.
   *
   * @param stateVectors values that the optimiser remembers of each parameter
   * @param inputs shapes of the network's inputs, in their order, or none where they are not known
   */
  public static NetworkSize of(
      ComputationGraphConfiguration network,
      int stateVectors,
      Weights weights,
      InputType... inputs) {
    long parameters =
        network.getVertices().values().stream().mapToLong(vertex -> vertex.numParams(true)).sum();
    return new NetworkSize(
        parameters,
        (long) stateVectors * parameters,
        inputs.length == 0 ? 0 : activations(network, weights, inputs),
        weights.scratch * parameters,
        Math.round(weights.kept * parameters),
        inputs.length == 0 ? 0 : results(network));
  }

  private static long results(ComputationGraphConfiguration network) {
    return network.getVertices().values().stream()
        .filter(HoldsActivations.class::isInstance)
        .mapToLong(vertex -> ((HoldsActivations) vertex).results())
        .sum();
  }

  private static long activations(
      ComputationGraphConfiguration network, Weights weights, InputType... inputs) {
    Map<String, InputType> types = network.clone().getLayerActivationTypes(inputs);
    long sum = 0;
    long longest = 0;
    for (InputType type : types.values()) {
      sum += type.arrayElementsPerExample();
      longest = Math.max(longest, type.arrayElementsPerExample());
    }
    for (GraphVertex vertex : network.getVertices().values()) {
      if (vertex instanceof HoldsActivations holding) {
        sum += holding.activations();
      }
    }
    return (weights == Weights.DRAWN ? 2 * sum : sum) + 2 * longest;
  }

  /** Length of the flat vector: parameters and state. */
  public long vector() {
    return parameters + state;
  }
}
