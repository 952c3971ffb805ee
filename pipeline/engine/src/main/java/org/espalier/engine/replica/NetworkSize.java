package org.espalier.engine.replica;

import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;

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
 */
public record NetworkSize(long parameters, long state, long activations, long scratch) {

  /** What the passes of a replica write down of its weights. */
  public enum Weights {
    /** Nothing: they read the parameters. */
    DENSE,
    /** The weights that a mask leaves. */
    MASKED,
    /** Noise and moments, about as much as the parameters and their companions twice. */
    DRAWN;

    private long values(long parameters) {
      return switch (this) {
        case DENSE -> 0;
        case MASKED -> parameters;
        case DRAWN -> 2 * parameters;
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
        weights.values(parameters));
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
    return (weights == Weights.DRAWN ? 2 * sum : sum) + 2 * longest;
  }

  /** Length of the flat vector: parameters and state. */
  public long vector() {
    return parameters + state;
  }
}
