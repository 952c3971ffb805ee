package org.espalier.engine.stochastic;

import java.util.OptionalDouble;

/**
 * One operating point of a trained network: what a weight is when it is no longer a distribution.
 *
 * <p>A pure function of the weight's two parameters, so the same on every machine.
 */
public interface PointEstimate {
  /** The threshold on log alpha that this point is evaluated at, where the method has one. */
  OptionalDouble threshold();

  /**
   * Whether the weight stays in the sparse network.
   *
   * @param theta the weight's first parameter
   * @param companion its second one: log sigma^2 or log alpha
   */
  boolean keeps(float theta, float companion);

  /** The value of a weight that stays. */
  float value(float theta, float companion);
}
