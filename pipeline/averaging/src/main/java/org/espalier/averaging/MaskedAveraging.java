package org.espalier.averaging;

import java.util.Iterator;
import org.apache.spark.api.java.JavaSparkContext;
import org.espalier.base.Refusal;
import org.espalier.engine.replica.ReplicaRecipe;
import org.espalier.engine.replica.VectorLayout;
import org.espalier.sparsity.AveragedState;
import org.espalier.sparsity.MaskSet;
import org.espalier.sparsity.MaskingMethod;
import org.espalier.sparsity.NotANumberScoreException;
import org.espalier.sparsity.Regrowth;
import org.espalier.sparsity.SparseTensors;

/**
 * Synchronous data-parallel training by parameter averaging under one mask.
 *
 * <p>The outcome is a pure function of the initial state, the recipe, the data, the plan and the
 * number of workers; where the workers ran does not show in a bit (same CPU type and threads per
 * worker assumed). Executors whose {@link ArithmeticFingerprint} differs are refused.
 *
 * @param spark the cluster
 * @param run name of the run in Spark's UI and in the replica pools
 * @param recipe builds the replicas
 * @param vector how the values of a replica's vector belong together
 * @param tensors the tensors that are sparsified
 * @param seed of what workers draw in a step, such as dropout and noise of weights
 * @param data examples of the workers
 * @param plan rounds
 * @param method updates the masks from the averaged weights
 */
public record MaskedAveraging(
    JavaSparkContext spark,
    String run,
    ReplicaRecipe recipe,
    VectorLayout vector,
    SparseTensors tensors,
    long seed,
    WorkerData data,
    RoundPlan plan,
    MaskingMethod method) {

  /** Refuses a method that asks for what averaging does not give; see {@link #check}. */
  public MaskedAveraging {
    requireHonoured(method);
  }

  /**
   * Checks, before anything starts, that a run of {@code lastStep} steps can be trained under the
   * method.
   *
   * @throws Refusal if the method does not fit the network or the run, needs averaged gradients, or
   *     wants weights that come back to have another value than their raw one
   */
  public static void check(MaskingMethod method, SparseTensors tensors, long lastStep) {
    requireHonoured(method);
    method.validate(tensors, lastStep);
  }

  private static void requireHonoured(MaskingMethod method) {
    if (method.needsGradients()) {
      throw new Refusal(
          "Cannot train under %s: it needs averaged gradients and a round averages weights alone; use a method that does without, such as magnitude."
              .formatted(method));
    }
    if (method.regrowth() != Regrowth.RAW_WEIGHT) {
      throw new Refusal(
          "Cannot train under %s: it wants weights that come back to be %s and they have their raw values; use a method whose regrowth is RAW_WEIGHT, such as magnitude."
              .formatted(method, method.regrowth()));
    }
  }

  /**
   * Trains from a state to the end of the plan.
   *
   * @param listener hears of every finished round
   * @throws Divergence if a round's loss is not finite, or weights cannot be ranked any more
   * @throws ArithmeticMismatch if an executor computes other bits than the others, or the driver
   */
  public TrainingState train(TrainingState from, RoundListener listener) {
    TrainingState state = from;
    RunSpec onExecutors = new RunSpec(run, recipe, vector, tensors, seed);
    try (RoundRunner runner = new RoundRunner(spark, onExecutors, data)) {
      for (Iterator<Round> rounds = plan.from(from.step()); rounds.hasNext(); ) {
        Round round = rounds.next();
        long start = System.nanoTime();
        RoundResult result = runner.run(round, state.vector(), state.masks());
        if (!Double.isFinite(result.loss())) {
          throw Divergence.inTraining(round.end(), result.loss());
        }
        long averaged = System.nanoTime();
        MaskSet masks = nextMasks(round.end(), result, state.masks());
        double maskSeconds = method.due(round.end()) ? seconds(averaged) : 0;
        state = new TrainingState(round.end(), result.averaged(), masks);
        RoundSummary summary = summary(round, result, masks, seconds(start), maskSeconds);
        RoundMetrics.OF_DRIVER.note(summary);
        listener.finished(summary, state);
      }
    }
    return state;
  }

  private static RoundSummary summary(
      Round round, RoundResult result, MaskSet masks, double seconds, double maskSeconds) {
    return new RoundSummary(
        round,
        result.weight(),
        result.loss(),
        masks.sparsity(),
        seconds,
        result.dataSeconds(),
        result.computeSeconds(),
        result.loadSeconds() + result.costs().sendSeconds(),
        result.reduceSeconds() + result.costs().fetchSeconds(),
        maskSeconds,
        result.bytesUp(),
        result.costs().bytesDown(),
        result.costs().runAgain(),
        result.slowest());
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) * 1e-9;
  }

  private MaskSet nextMasks(long step, RoundResult result, MaskSet current) {
    if (!method.due(step)) {
      return current;
    }
    float[] weights = result.averaged().head(vector.parameters());
    try {
      return method.next(AveragedState.after(step, tensors, weights, current));
    } catch (NotANumberScoreException e) {
      throw Divergence.inMaskUpdate(step, result.loss(), e);
    }
  }
}
