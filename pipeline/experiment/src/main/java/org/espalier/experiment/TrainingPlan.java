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
 * @param steps of the whole run; an epoch ends when the next batch would not be full
 * @param optimiser with its learning rate over the run's steps
 * @param method what decides the masks during training; dense for a stochastic method
 * @param stochastic the method whose weights are drawn, if it is one
 */
record TrainingPlan(
    NetworkModel network,
    int rowsPerWorker,
    long steps,
    Optimiser optimiser,
    MaskingMethod method,
    Optional<StochasticMethod> stochastic) {

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
    RowKind kind = network.task().rows(dataset);
    network.task().check(kind, settings);
    int workers = settings.value(ExperimentKeys.WORKERS);
    int each =
        network.task().rowsPerWorker(kind, settings).orElseGet(() -> equalShare(settings, workers));
    long rows = dataset.split(Split.TRAIN).rows();
    long steps =
        Math.multiplyExact(stepsPerEpoch(rows, workers, each), settings.value(TrainingKeys.EPOCHS));
    double fractional = (double) rows / Math.multiplyExact(workers, each);
    return new TrainingPlan(
        network,
        each,
        steps,
        OptimiserKeys.optimiser(settings, new RunLength(steps, fractional)),
        SparsityMethods.masking(settings, masks),
        SparsityMethods.stochastic(settings, rows, steps));
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
