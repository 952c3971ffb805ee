package org.espalier.experiment;

import java.util.Optional;
import org.espalier.base.Refusal;
import org.espalier.base.settings.Settings;
import org.espalier.datasets.Dataset;
import org.espalier.datasets.Split;
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
 * @param steps of the whole run; an epoch ends when the next batch would not be full
 * @param optimiser with its learning rate over the run's steps
 * @param method what decides the masks during training; dense for a stochastic method
 * @param stochastic the method whose weights are drawn, if it is one
 */
record TrainingPlan(
    NetworkModel network,
    long steps,
    Optimiser optimiser,
    MaskingMethod method,
    Optional<StochasticMethod> stochastic) {

  /**
   * The plan of checked settings.
   *
   * @param masks from an earlier run
   * @throws Refusal if the data cannot fill a batch, or a schedule does not fit the run
   */
  static TrainingPlan of(Settings settings, Dataset dataset, Optional<MaskSet> masks) {
    long rows = dataset.split(Split.TRAIN).rows();
    long steps =
        Math.multiplyExact(stepsPerEpoch(settings, rows), settings.value(TrainingKeys.EPOCHS));
    NetworkModel network =
        NetworkModels.named(settings.value(ExperimentKeys.NETWORK)).with(settings);
    network.task().check(network.task().rows(dataset, settings), settings);
    double fractional = (double) rows / settings.value(TrainingKeys.BATCH);
    return new TrainingPlan(
        network,
        steps,
        OptimiserKeys.optimiser(settings, new RunLength(steps, fractional)),
        SparsityMethods.masking(settings, masks),
        SparsityMethods.stochastic(settings, rows, steps));
  }

  private static long stepsPerEpoch(Settings settings, long rows) {
    int workers = settings.value(ExperimentKeys.WORKERS);
    int batch = settings.value(TrainingKeys.BATCH);
    long steps = rows / workers / (batch / workers);
    if (steps == 0) {
      throw new Refusal(
          "Cannot take batches of %d examples over %d workers from %d training examples: use a smaller batch."
              .formatted(batch, workers, rows));
    }
    return steps;
  }
}
