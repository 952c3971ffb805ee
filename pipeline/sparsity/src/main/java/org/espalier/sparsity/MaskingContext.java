package org.espalier.sparsity;

import java.util.Optional;
import org.espalier.base.Refusal;
import org.espalier.base.settings.Settings;

/**
 * What a run has to offer to the masking method that it is made with.
 *
 * @param settings the configuration
 * @param seed of the run
 * @param given masks from an earlier run, where {@code sparsity.masks} names some
 */
public record MaskingContext(Settings settings, long seed, Optional<MaskSet> given) {
  /**
   * The masks from an earlier run.
   *
   * @throws Refusal if the configuration names none
   */
  public MaskSet masks() {
    return given.orElseThrow(
        () ->
            new Refusal(
                "Cannot train with fixed masks without any: name a mask file or a run to take them"
                    + " from."));
  }
}
