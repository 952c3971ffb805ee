package org.espalier.sparsity;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.base.Refusal;

/**
 * All of a pruning method but its score: how sparse, when, shared out how, selected how.
 *
 * @param schedule sparsity of the network at a step
 * @param updates steps after which masks are computed anew
 * @param distribution how many weights each tensor keeps
 * @param selection which weights of a tensor are kept
 */
public record PruningPlan(
    SparsitySchedule schedule,
    UpdateSteps updates,
    Distribution distribution,
    Selection selection) {

  /** A plan with the same sparsity in every tensor and exact counts, as in the paper. */
  public static PruningPlan uniform(SparsitySchedule schedule, UpdateSteps updates) {
    return new PruningPlan(schedule, updates, new UniformDistribution(), Selection.exact());
  }

  /** This plan with another distribution. */
  public PruningPlan distributedBy(Distribution other) {
    return new PruningPlan(schedule, updates, other, selection);
  }

  /** This plan with another selection. */
  public PruningPlan selectedBy(Selection other) {
    return new PruningPlan(schedule, updates, distribution, other);
  }

  /**
   * Checks that the plan comes to its end within {@code lastStep} steps and has an effect.
   *
   * @throws Refusal if it does not, or its distribution does not fit the network
   */
  public void validate(SparseTensors tensors, long lastStep) {
    schedule.validate(lastStep);
    updates.validate(lastStep);
    distribution.validate(tensors, schedule.finalSparsity());
    long lastUpdate = updates.lastUpdate(lastStep).orElseThrow();
    if (schedule.finalSparsity() > 0 && schedule.sparsityAt(lastUpdate) == 0) {
      throw new Refusal(
          "Cannot prune by "
              + schedule
              + " with "
              + updates
              + ": at the last mask update, step "
              + lastUpdate
              + ", the sparsity is still 0; lower the frequency or use clampToEnd.");
    }
  }

  /** The masks that are due at the state's step, the highest scores kept. */
  public MaskSet masks(AveragedState state, Score score) {
    SparseTensors tensors = state.tensors();
    Scores scores = new Scores(tensors, score);
    int[] kept = distribution.kept(tensors, ScheduledSparsity.of(schedule, state.step()), scores);
    Map<String, Mask> masks = new LinkedHashMap<>();
    for (int t = 0; t < kept.length; t++) {
      SparseTensor tensor = tensors.at(t);
      masks.put(tensor.name(), selection.select(tensor, scores, kept[t]));
    }
    return MaskSet.of(masks);
  }

  /**
   * How many weights of each tensor are kept after the last mask update, in the order of {@code
   * tensors}; none where that depends on the weights. A run without an update stays as it begins.
   *
   * @throws Refusal if the distribution does not fit the network
   */
  public Optional<List<Integer>> keptAtEnd(SparseTensors tensors) {
    distribution.validate(tensors, schedule.finalSparsity());
    if (distribution.ranksAllTensors()) {
      return Optional.empty();
    }
    long last = updates.lastUpdate(updates.end()).orElse(0);
    int[] kept =
        distribution.kept(
            tensors,
            ScheduledSparsity.of(schedule, last),
            new Scores(
                tensors,
                (tensor, scores) -> {
                  throw new IllegalStateException(
                      "Cannot score %s: there are no weights".formatted(tensor.name()));
                }));
    return Optional.of(Arrays.stream(kept).boxed().toList());
  }

  @Override
  public String toString() {
    return schedule + ", " + updates + ", " + distribution + ", " + selection;
  }
}
