package org.espalier.sparsity;

import java.util.LinkedHashMap;
import java.util.Map;
import org.espalier.base.Mix64;
import org.espalier.base.settings.Keys;
import org.espalier.base.settings.Settings;

/**
 * The exchange of connections at constant sparsity, which SET and RigL share: they begin with
 * random masks, and at every update each tensor drops the kept weights of smallest magnitude and
 * grows as many others by a score. What was dropped may grow again at once.
 *
 * @param plan how sparse, when, shared out how
 * @param fraction of the kept weights that an update drops
 * @param seed of what is drawn
 */
public record ConnectionExchange(PruningPlan plan, DropFraction fraction, long seed) {
  private static final long INITIAL = Mix64.of("initial masks of exchanged connections");
  private static final float LOWEST = -1f;

  /** What a configuration says of it. */
  static Keys keys() {
    return Keys.of(
            PruningKeys.TARGET,
            PruningKeys.DISTRIBUTION,
            PruningKeys.TENSOR_TARGETS,
            PruningKeys.BEGIN,
            PruningKeys.END,
            PruningKeys.FREQUENCY,
            PruningKeys.END_RULE,
            MaskedGradient.KEY)
        .and(DropFraction.keys());
  }

  static ConnectionExchange of(MaskingContext context) {
    Settings settings = context.settings();
    PruningPlan plan =
        new PruningPlan(
            new ConstantSchedule(settings.value(PruningKeys.TARGET)),
            PruningKeys.updates(settings),
            PruningKeys.distribution(settings),
            Selection.exact());
    return new ConnectionExchange(plan, DropFraction.of(settings), context.seed());
  }

  /** Random masks. */
  MaskSet initial(AveragedState state) {
    return plan.masks(
        state,
        (tensor, scores) -> {
          long key = Mix64.key(seed, INITIAL, Mix64.of(tensor.name()));
          for (int i = 0; i < tensor.length(); i++) {
            scores[i] = Score.uniform(key, i);
          }
        });
  }

  /**
   * The masks after an update.
   *
   * @param growth scores of at least 0, of which the highest grow
   */
  MaskSet next(AveragedState state, Score growth) {
    double dropped = fraction.at(state.step());
    Map<String, Mask> masks = new LinkedHashMap<>();
    for (SparseTensor tensor : state.tensors()) {
      Mask mask = state.masks().mask(tensor.name());
      int grown = (int) Math.min(dropped * mask.kept(), (double) mask.length() - mask.kept());
      Mask retained = retained(state, tensor, mask, mask.kept() - grown);
      masks.put(tensor.name(), retained.or(grown(tensor, retained, grown, growth)));
    }
    return MaskSet.of(masks);
  }

  private static Mask retained(AveragedState state, SparseTensor tensor, Mask mask, int count) {
    float[] weights = state.weights();
    Score magnitudes =
        (of, scores) -> {
          for (int i = 0; i < of.length(); i++) {
            scores[i] = mask.isKept(i) ? Math.abs(weights[of.offset() + i]) : LOWEST;
          }
        };
    return new Scores(SparseTensors.of(tensor), magnitudes).highest(tensor, count);
  }

  private static Mask grown(SparseTensor tensor, Mask retained, int count, Score growth) {
    Score others =
        (of, scores) -> {
          growth.fill(of, scores);
          for (int i = 0; i < of.length(); i++) {
            scores[i] = retained.isKept(i) ? LOWEST : scores[i];
          }
        };
    return new Scores(SparseTensors.of(tensor), others).highest(tensor, count);
  }

  @Override
  public String toString() {
    return plan + ", drop " + fraction;
  }
}
