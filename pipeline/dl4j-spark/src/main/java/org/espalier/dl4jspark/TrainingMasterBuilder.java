package org.espalier.dl4jspark;

import java.util.OptionalLong;
import org.espalier.sparsity.Dense;
import org.espalier.sparsity.MaskedGradient;
import org.espalier.sparsity.MaskingMethod;

/** What a {@link MaskedParameterAveragingTrainingMaster} is told. */
public final class TrainingMasterBuilder {
  /** Every step, which is synchronous SGD, as in "The State of Sparsity". */
  public static final int AVERAGING_FREQUENCY_DEFAULT = 1;

  /** Seed of what workers draw, if they draw. */
  public static final long SEED_DEFAULT = 0;

  private int workers;
  private int averagingFrequency = AVERAGING_FREQUENCY_DEFAULT;
  private MaskingMethod method = new Dense();
  private MaskedGradient maskedGradient = MaskedGradient.NONE;
  private long seed = SEED_DEFAULT;
  private OptionalLong plannedSteps = OptionalLong.empty();

  TrainingMasterBuilder() {}

  /**
   * Number of logical workers, at least 1. It decides the bits of the result and does not have to
   * be that of executors or cores, so there is no default.
   */
  public TrainingMasterBuilder workers(int count) {
    workers = count;
    return this;
  }

  /** Steps from one averaging to the next, at least 1; {@value #AVERAGING_FREQUENCY_DEFAULT}. */
  public TrainingMasterBuilder averagingFrequency(int steps) {
    averagingFrequency = steps;
    return this;
  }

  /** What masks the weights; {@link Dense} unless told otherwise. */
  public TrainingMasterBuilder maskingMethod(MaskingMethod choice) {
    method = choice;
    return this;
  }

  /**
   * Whether the loss gradient of a masked weight reaches the updater; {@link MaskedGradient#NONE},
   * what produced the numbers of "The State of Sparsity", unless told otherwise.
   */
  public TrainingMasterBuilder maskedGradient(MaskedGradient choice) {
    maskedGradient = choice;
    return this;
  }

  /** Of the random numbers that workers draw (dropout, weight noise); {@value #SEED_DEFAULT}. */
  public TrainingMasterBuilder seed(long value) {
    seed = value;
    return this;
  }

  /**
   * Number of steps of all fits together, against which the first fit checks that the masking
   * method comes to its end; not checked unless told, since a master does not know how many fits
   * will follow.
   */
  public TrainingMasterBuilder plannedSteps(long steps) {
    plannedSteps = OptionalLong.of(steps);
    return this;
  }

  /**
   * The master.
   *
   * @throws org.espalier.base.Refusal if a number is out of its range
   */
  public MaskedParameterAveragingTrainingMaster build() {
    return new MaskedParameterAveragingTrainingMaster(
        new MasterSettings(
            workers, averagingFrequency, method, maskedGradient, seed, plannedSteps));
  }
}
