package org.espalier.engine.stochastic;

import java.util.List;
import org.espalier.engine.weights.WeightForm;

/**
 * A method whose layers train with weights that are drawn anew in every step. Its parameters are
 * averaged like any others, no mask is held, and sparsity is found when the network is read.
 *
 * <p>An implementation is an immutable value that prints its configuration: a new one is a class
 * with a {@link StochasticMethodProvider}, and a {@link WeightForm} that its layers compute with.
 */
public interface StochasticMethod {
  /** What the weights of every sparsifiable layer are. */
  WeightForm weights();

  /** The operating points that a trained network is evaluated at, at least one. */
  List<PointEstimate> estimates();
}
