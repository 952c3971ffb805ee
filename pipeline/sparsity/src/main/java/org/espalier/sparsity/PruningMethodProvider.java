package org.espalier.sparsity;

import org.espalier.base.settings.Keys;
import org.espalier.base.settings.Settings;

/**
 * A masking method that prunes by a {@link PruningPlan}: schedule, distribution and update steps
 * come with the keys of {@link PruningKeys}. One with keys of its own overrides {@link #keys} with
 * {@code PruningMethodProvider.super.keys().and(OWN)}.
 */
public interface PruningMethodProvider extends MaskingMethodProvider {
  /** The method under the plan that the configuration describes. */
  MaskingMethod create(PruningPlan plan, MaskingContext context);

  @Override
  default MaskingMethod create(MaskingContext context) {
    return create(PruningKeys.plan(context.settings()), context);
  }

  @Override
  default Keys keys() {
    return PruningKeys.all().and(MaskedGradient.KEY);
  }

  @Override
  default void check(Settings settings) {
    PruningKeys.requireTarget(name(), settings);
  }
}
