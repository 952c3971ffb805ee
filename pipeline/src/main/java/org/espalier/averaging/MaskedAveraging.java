package org.espalier.averaging;

import java.util.Iterator;
import org.apache.spark.api.java.JavaSparkContext;
import org.espalier.sparsity.AveragedState;
import org.espalier.sparsity.MaskSet;
import org.espalier.sparsity.MaskingMethod;
import org.espalier.sparsity.SparseTensors;
import org.espalier.training.FlatVector;
import org.espalier.training.ReplicaRecipe;

/**
 * Synchronous data-parallel training by parameter averaging under one mask.
 *
 * <p>The outcome is a pure function of the initial state, the recipe, the data, the plan and the
 * number of workers; where the workers ran does not show in a bit (same CPU type and threads per
 * worker assumed).
 *
 * @param spark the cluster
 * @param run name of the run in Spark's UI and in the replica pools
 * @param recipe builds the replicas
 * @param tensors the tensors that are sparsified
 * @param parameters number of parameters, the first part of the vector
 * @param data examples of the workers
 * @param plan rounds
 * @param method updates the masks from the averaged weights
 */
public record MaskedAveraging(
    JavaSparkContext spark,
    String run,
    ReplicaRecipe recipe,
    SparseTensors tensors,
    int parameters,
    WorkerData data,
    RoundPlan plan,
    MaskingMethod method) {

  /**
   * Trains from a state to the end of the plan.
   *
   * @param listener hears of every finished round
   * @throws Divergence if a round's loss is not finite
   */
  public TrainingState train(TrainingState from, RoundListener listener) {
    TrainingState state = from;
    try (RoundRunner runner = new RoundRunner(spark, run, recipe, data, from.vector().length())) {
      for (Iterator<Round> rounds = plan.from(from.step()); rounds.hasNext(); ) {
        Round round = rounds.next();
        long start = System.nanoTime();
        RoundResult result = runner.run(round, state.vector(), state.masks());
        if (!Double.isFinite(result.loss())) {
          throw new Divergence(round.end(), result.loss());
        }
        long averaged = System.nanoTime();
        MaskSet masks = nextMasks(round.end(), result.averaged(), state.masks());
        long end = System.nanoTime();
        state = new TrainingState(round.end(), result.averaged(), masks);
        listener.finished(
            new RoundSummary(
                round,
                result.examples(),
                result.loss(),
                masks.sparsity(),
                (end - start) * 1e-9,
                result.slowestSeconds(),
                result.computeSeconds(spark.defaultParallelism()),
                (end - averaged) * 1e-9),
            state);
      }
    }
    return state;
  }

  private MaskSet nextMasks(long step, FlatVector averaged, MaskSet current) {
    return method.due(step)
        ? method.next(AveragedState.after(step, tensors, averaged.head(parameters), current))
        : current;
  }
}
