package org.espalier.engine.weights;

import java.util.Optional;
import org.espalier.engine.kernel.Values;
import org.espalier.engine.kernel.sparse.KeptWeights;
import org.espalier.engine.sparse.KeptMap;

/** A map that is linear in its input and in its weights, on own kernels. */
public interface LinearMap extends AutoCloseable {
  /** Values per row of y. */
  int outputs();

  /** Multiply-adds of a pass. */
  long products();

  /**
   * Hears what share of the weights of a forward pass is expected not to be zero.
   *
   * @param share from 0 to 1
   */
  default void expect(double share) {}

  /** {@code y = map(x, weights)}. */
  void forward(Values x, Values weights, Values y);

  /** The gradient of x from that of y; overwrites it unless it {@link #adds}. */
  void backwardInput(Values delta, Values weights, Values inputGradient);

  /** Whether gradients of x are added to what is there: x has been read by something else too. */
  default boolean adds() {
    return false;
  }

  /** The gradient of the weights, summed over the batch, from that of y. */
  void backwardWeights(Values x, Values delta, Values weightGradient);

  /**
   * The same map over kept weights alone, where there is such a form; the same object as long as it
   * is asked for the same weights.
   */
  default Optional<KeptMap> over(KeptWeights kept) {
    return Optional.empty();
  }

  @Override
  void close();
}
