package org.espalier.engine.stochastic;

import org.espalier.base.settings.Keys;
import org.espalier.base.settings.Settings;
import org.espalier.engine.weights.PenaltySchedule;
import org.espalier.sparsity.SparsityMethodProvider;

/**
 * A stochastic method that a configuration can name. Its penalty comes with the keys of {@link
 * PenaltyKeys}, and {@link DrawnTensors} says which tensors it is for; one with keys of its own
 * overrides {@link #keys} with {@code StochasticMethodProvider.super.keys().and(OWN)}.
 *
 * <p>Found by a line with its class in {@code
 * META-INF/services/org.espalier.engine.stochastic.StochasticMethodProvider}, in this project or in
 * any jar on the class path. A public class with a public constructor without parameters.
 */
public interface StochasticMethodProvider extends SparsityMethodProvider {
  /**
   * The method.
   *
   * @param penalty weight of its penalty by step
   */
  StochasticMethod create(Settings settings, PenaltySchedule penalty);

  @Override
  default Keys keys() {
    return PenaltyKeys.all().and(DrawnTensors.KEY);
  }

  @Override
  default void check(Settings settings) {
    PenaltyKeys.check(settings);
  }

  @Override
  default String insteadOfTarget() {
    return "its sparsity follows from sparsity.penalty.weight; remove the target";
  }
}
