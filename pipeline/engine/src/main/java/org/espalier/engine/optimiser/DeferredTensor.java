package org.espalier.engine.optimiser;

import java.util.Arrays;
import org.espalier.engine.kernel.OptimiserPasses;
import org.espalier.engine.kernel.Trained;

/**
 * A tensor whose kept weights are stepped apart, in memory of their own, while the steps of masked
 * ones, which have no gradient, are only counted. {@link #settle} takes them, exactly as if each
 * had been taken in its time: nobody reads a masked weight before. Owns its memory.
 */
final class DeferredTensor implements AutoCloseable {
  /** So many steps are taken at once, at most. */
  private static final int MOST = 1024;

  private final UpdatePlan.Part plan;
  private final OptimiserPasses passes;
  private final Trained whole;
  private final int[] kept;
  private final Trained compact;
  private final double[] rates = new double[MOST];
  private int first;
  private int deferred;

  /**
   * @param kept indices of the kept weights, ascending, at least one
   */
  DeferredTensor(UpdatePlan.Part plan, OptimiserPasses passes, Trained whole, int[] kept) {
    this.plan = plan;
    this.passes = passes;
    this.whole = whole;
    this.kept = kept;
    this.compact = whole.compact(kept);
  }

  boolean isOf(int[] others) {
    return kept == others;
  }

  /** The kept weights and their gradients. */
  Trained compact() {
    return compact;
  }

  /**
   * A step by the gradients of the kept weights.
   *
   * @param step number of steps before this one
   * @param scale factor of the gradients
   */
  void step(int step, double scale) {
    double rate = plan.learningRate().at(step);
    passes.apply(plan.rule(), compact, rate, step + 1, scale, plan.decay());
    if (deferred == MOST) {
      takeDeferred();
    }
    if (deferred == 0) {
      first = step + 1;
    }
    rates[deferred++] = rate;
  }

  private void takeDeferred() {
    whole.forget(kept);
    passes.applyWithoutGradient(
        plan.rule(), whole, Arrays.copyOf(rates, deferred), first, plan.decay());
    deferred = 0;
  }

  /** Brings the whole tensor, and what is remembered of it, up to date. */
  void settle() {
    if (deferred > 0) {
      takeDeferred();
      whole.expand(kept, compact);
    }
  }

  @Override
  public void close() {
    compact.release();
  }
}
