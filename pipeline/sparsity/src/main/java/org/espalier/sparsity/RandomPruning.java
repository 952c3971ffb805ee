package org.espalier.sparsity;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.base.Mix64;

/**
 * Masks more and more weights at random, and none of them ever comes back: the baseline that a
 * method has to beat.
 *
 * <p>"The State of Sparsity", section 3.4 and its {@code random_cumulative} checkpoints. Every
 * weight has one random score for the whole run, a function of (seed, tensor name, flat index), so
 * the masks of later steps lie within those of earlier ones.
 *
 * <p>Memory: one bit per weight for the mask, one float per weight of the longest tensor during an
 * update; the scores are recomputed, not stored.
 *
 * @param plan how sparse and when
 * @param seed of the scores
 */
public record RandomPruning(PruningPlan plan, long seed) implements MaskingMethod {
  private static final long PURPOSE = Mix64.of("random pruning");
  private static final float LOWEST = -1f;

  @Override
  public void validate(SparseTensors tensors, long lastStep) {
    plan.validate(tensors, lastStep);
  }

  @Override
  public MaskSet initial(AveragedState state) {
    return next(state);
  }

  @Override
  public boolean due(long step) {
    return plan.updates().due(step);
  }

  @Override
  public MaskSet next(AveragedState state) {
    MaskSet current = state.masks();
    MaskSet drawn =
        plan.masks(state, (tensor, scores) -> scores(tensor, current.mask(tensor.name()), scores));
    Map<String, Mask> grown = new LinkedHashMap<>();
    drawn.byName().forEach((name, mask) -> grown.put(name, mask.and(current.mask(name))));
    return MaskSet.of(grown);
  }

  private void scores(SparseTensor tensor, Mask current, float[] scores) {
    long key = Mix64.key(seed, PURPOSE, Mix64.of(tensor.name()));
    for (int i = 0; i < tensor.length(); i++) {
      scores[i] = current.isKept(i) ? Score.uniform(key, i) : LOWEST;
    }
  }

  @Override
  public Optional<List<Integer>> keptAtEnd(SparseTensors tensors) {
    return plan.keptAtEnd(tensors);
  }

  @Override
  public String toString() {
    return "random(" + plan + ", seed=" + seed + ")";
  }

  /** {@code sparsity.method = random}. */
  public static final class Provider implements PruningMethodProvider {
    @Override
    public String name() {
      return "random";
    }

    @Override
    public MaskingMethod create(PruningPlan plan, MaskingContext context) {
      return new RandomPruning(plan, context.seed());
    }
  }
}
