package org.espalier.averaging;

import java.util.Iterator;
import org.apache.spark.api.java.JavaSparkContext;
import org.espalier.averaging.gradients.Phase;
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
 * @param averaged what of the workers is averaged
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
    MaskingMethod method,
    Averaged averaged) {

  /** Refuses a method that asks for what averaging does not give; see {@link #check}. */
  public MaskedAveraging {
    requireHonoured(method, averaged);
  }

  /** Averaging of parameters. */
  public MaskedAveraging(
      JavaSparkContext spark,
      String run,
      ReplicaRecipe recipe,
      VectorLayout vector,
      SparseTensors tensors,
      long seed,
      WorkerData data,
      RoundPlan plan,
      MaskingMethod method) {
    this(spark, run, recipe, vector, tensors, seed, data, plan, method, new Averaged.Parameters());
  }

  /**
   * Checks, before anything starts, that a run of {@code lastStep} steps can be trained under the
   * method.
   *
   * @throws Refusal if the method does not fit the network or the run, or needs averaged gradients
   *     where parameters are averaged
   */
  public static void check(
      MaskingMethod method, Averaged averaged, SparseTensors tensors, long lastStep) {
    requireHonoured(method, averaged);
    method.validate(tensors, lastStep);
  }

  private static void requireHonoured(MaskingMethod method, Averaged averaged) {
    if (method.needsGradients() && averaged instanceof Averaged.Parameters) {
      throw new Refusal(
          "Cannot train under %s: it needs averaged gradients, and parameters are averaged; average gradients (averaging.of = gradients), or use a method that does without, such as magnitude."
              .formatted(method));
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
    try (Synchronisation runner = synchronisation()) {
      try {
        return trained(from, runner, listener);
      } finally {
        listener.ending();
      }
    }
  }

  private TrainingState trained(
      TrainingState from, Synchronisation runner, RoundListener listener) {
    long step = from.step();
    MaskSet masks = from.masks();
    runner.begin(from);
    for (Iterator<Round> rounds = plan.from(step); rounds.hasNext(); ) {
      Round round = rounds.next();
      long start = System.nanoTime();
      RoundResult result = runner.run(round, masks);
      if (!Double.isFinite(result.loss())) {
        throw Divergence.inTraining(round.end(), result.loss());
      }
      step = round.end();
      long averaged = System.nanoTime();
      if (method.due(step)) {
        masks = nextMasks(step, result, runner, masks);
      }
      double maskSeconds = method.due(step) ? seconds(averaged) : 0;
      RoundSummary summary = summary(round, result, masks, seconds(start), maskSeconds);
      RunMetrics.OF_DRIVER.note(run, summary);
      listener.finished(summary, new RoundEnd(step, masks, runner::vector, runner::held));
    }
    return new TrainingState(step, runner.vector(), masks);
  }

  private Synchronisation synchronisation() {
    RunExecutors executors =
        new RunExecutors(spark, new RunSpec(run, recipe, vector, tensors, seed), data);
    if (averaged instanceof Averaged.Gradients gradients) {
      return new StretchRunner(
          executors, gradients.plan(), end -> method.needsGradients() && method.due(end));
    }
    return new RoundRunner(executors);
  }

  private static RoundSummary summary(
      Round round, RoundResult result, MaskSet masks, double seconds, double maskSeconds) {
    return new RoundSummary(
        round,
        result.weight(),
        result.loss(),
        masks.sparsity(),
        seconds,
        result.phases(maskSeconds),
        result.bytesUp(),
        result.bytesDown(),
        result.multiplyAdds(),
        result.costs().runAgain(),
        result.slowest());
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) * 1e-9;
  }

  private MaskSet nextMasks(
      long step, RoundResult result, Synchronisation runner, MaskSet current) {
    Phase.MASK_UPDATE.begins(step);
    try {
      AveragedState state = AveragedState.after(step, tensors, runner.parameters(), current);
      MaskSet next = method.next(result.gradient().map(state::withGradients).orElse(state));
      if (method.regrowth() == Regrowth.ZERO && next.hash() != current.hash()) {
        runner.regrow(current, next);
      }
      return next;
    } catch (NotANumberScoreException e) {
      throw Divergence.inMaskUpdate(step, result.loss(), e);
    }
  }
}
