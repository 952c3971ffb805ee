package org.espalier.dl4jspark;

import java.util.Objects;
import java.util.OptionalLong;
import org.espalier.base.Refusal;
import org.espalier.sparsity.MaskedGradient;
import org.espalier.sparsity.MaskingMethod;

/**
 * What a {@link MaskedParameterAveragingTrainingMaster} is told.
 *
 * @param workers number of logical workers, at least 1
 * @param averagingFrequency steps from one averaging to the next, at least 1
 * @param method updates the masks
 * @param maskedGradient whether the loss gradient of a masked weight reaches the updater
 * @param seed of the random numbers that workers draw
 * @param plannedSteps steps of all fits together, at least 1, where the program knows
 */
record MasterSettings(
    int workers,
    int averagingFrequency,
    MaskingMethod method,
    MaskedGradient maskedGradient,
    long seed,
    OptionalLong plannedSteps) {
  MasterSettings {
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(maskedGradient, "maskedGradient");
    if (workers < 1) {
      throw new Refusal(
          "Cannot train with %d workers: the number of logical workers decides the bits of the result; set workers(W) to at least 1."
              .formatted(workers));
    }
    if (averagingFrequency < 1) {
      throw new Refusal(
          "Cannot average every %d steps: the averaging frequency must be at least 1."
              .formatted(averagingFrequency));
    }
    if (plannedSteps.isPresent() && plannedSteps.getAsLong() < 1) {
      throw new Refusal(
          "Cannot plan for %d steps: there must be at least 1, or leave plannedSteps away."
              .formatted(plannedSteps.getAsLong()));
    }
  }
}
