package org.espalier.experiment;

import java.util.Optional;
import org.espalier.base.Refusal;
import org.espalier.base.settings.Settings;
import org.espalier.datasets.Dataset;
import org.espalier.datasets.Split;
import org.espalier.datasets.rows.RowKind;
import org.espalier.engine.optimiser.Optimiser;
import org.espalier.engine.optimiser.OptimiserKeys;
import org.espalier.engine.optimiser.RunLength;
import org.espalier.engine.stochastic.StochasticMethod;
import org.espalier.engine.weights.WeightForm;
import org.espalier.sparsity.MaskSet;
import org.espalier.sparsity.MaskingMethod;
import org.espalier.tasks.NetworkModel;
import org.espalier.tasks.NetworkModels;
import org.espalier.tasks.TrainingKeys;

/**
 * The values that a configuration names, made for the length of one run.
 *
 * @param network what is trained
 * @param rowsPerWorker rows of one worker's batch
 * @param steps of the whole run, at least 1; an epoch ends when the next batch would not be full
 * @param epochs begun by the run
 * @param optimiser with its learning rate over the run's steps
 * @param method what decides the masks during training; dense for a stochastic method
 * @param stochastic the method whose weights are drawn, if it is one
 * @param form of the weights in training
 */
record TrainingPlan(
    NetworkModel network,
    int rowsPerWorker,
    long steps,
    int epochs,
    Optimiser optimiser,
    MaskingMethod method,
    Optional<StochasticMethod> stochastic,
    WeightForm form) {

  /**
   * The plan of checked settings.
   *
   * @param masks from an earlier run
   * @throws Refusal if workers cannot have equal shares of a batch, the data cannot fill one, or a
   *     schedule does not fit the run
   */
  static TrainingPlan of(Settings settings, Dataset dataset, Optional<MaskSet> masks) {
    NetworkModel network =
        NetworkModels.named(settings.value(ExperimentKeys.NETWORK)).with(settings);
    RowKind kind = network.task().rows(dataset, settings);
    network.task().check(kind, settings);
    int workers = settings.value(ExperimentKeys.WORKERS);
    int each =
        network.task().rowsPerWorker(kind, settings).orElseGet(() -> equalShare(settings, workers));
    long rows = dataset.split(Split.TRAIN).rows();
    long ofEpoch = stepsPerEpoch(rows, workers, each);
    long steps = steps(settings, ofEpoch);
    double fractional = (double) rows / Math.multiplyExact(workers, each);
    Optional<StochasticMethod> stochastic = SparsityMethods.stochastic(settings, rows, steps);
    return new TrainingPlan(
        network,
        each,
        steps,
        Math.toIntExact((steps - 1) / ofEpoch + 1),
        OptimiserKeys.optimiser(settings, new RunLength(steps, fractional)),
        SparsityMethods.masking(settings, masks),
        stochastic,
        SparsityMethods.form(settings, stochastic));
  }

  private static long steps(Settings settings, long ofEpoch) {
    long asked = settings.value(TrainingKeys.STEPS);
    if (asked == 0) {
      return Math.multiplyExact(ofEpoch, settings.value(TrainingKeys.EPOCHS));
    }
    if (!settings.isDefault(TrainingKeys.EPOCHS)) {
      throw new Refusal(
          "Cannot train for both %d steps and %d epochs of %d steps: set one of them, and steps = 0 to count epochs."
              .formatted(asked, settings.value(TrainingKeys.EPOCHS), ofEpoch));
    }
    return asked;
  }

  private static int equalShare(Settings settings, int workers) {
    int batch = settings.value(TrainingKeys.BATCH);
    if (batch % workers != 0) {
      throw new Refusal(
          "Cannot split a batch of %d examples over %d workers: batch must be a multiple of workers, such as %d."
              .formatted(
                  batch, workers, Math.max(1, Math.round((double) batch / workers)) * workers));
    }
    return batch / workers;
  }

  private static long stepsPerEpoch(long rows, int workers, int each) {
    long steps = rows / workers / each;
    if (steps == 0) {
      throw new Refusal(
          "Cannot take batches of %d examples over %d workers from %d training examples: use a smaller batch."
              .formatted(workers * each, workers, rows));
    }
    return steps;
  }
}
