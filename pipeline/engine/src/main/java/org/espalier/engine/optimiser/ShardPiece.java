package org.espalier.engine.optimiser;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.espalier.engine.kernel.FloatValues;
import org.espalier.engine.kernel.OptimiserPasses;
import org.espalier.engine.kernel.Trained;
import org.espalier.engine.kernel.sparse.KeptWeights;

/**
 * The part of a tensor that lies in a shard. Under a mask its kept weights are handed in and asked
 * for, in flat order; where they are few, they are stepped apart.
 */
final class ShardPiece implements AutoCloseable {
  /** With a smaller share of kept weights, steps of all weights cost more than copies. */
  private static final double FEW = 0.25;

  private final UpdatePlan.Part part;
  private final int from;
  private final Trained tensor;
  private final OptimiserPasses passes;
  private long[] masked = {};
  private Optional<KeptWeights> kept = Optional.empty();
  private Optional<DeferredTensor> apart = Optional.empty();

  /**
   * @param from first parameter, in the network
   */
  ShardPiece(UpdatePlan.Part part, int from, Trained tensor, OptimiserPasses passes) {
    this.part = part;
    this.from = from;
    this.tensor = tensor;
    this.passes = passes;
  }

  boolean isOf(String name) {
    return part.tensor().equals(name);
  }

  int from() {
    return from;
  }

  int length() {
    return tensor.length();
  }

  int end() {
    return from + tensor.length();
  }

  /** Number of weights that the mask keeps. */
  int kept() {
    return kept.map(KeptWeights::count).orElse(tensor.length());
  }

  /** Leaves weights without a loss gradient from now on. */
  void mask(long[] words) {
    if (Arrays.equals(words, masked)) {
      return;
    }
    forget();
    masked = words;
    KeptWeights next = KeptWeights.of(words, tensor.length());
    kept = next.count() == tensor.length() ? Optional.empty() : Optional.of(next);
    tensor.mask(kept.isPresent() ? words : null);
  }

  /** Makes a weight, and what is remembered of it, zero. */
  void clear(int index) {
    forget();
    tensor.clear(index);
  }

  /**
   * Takes a step.
   *
   * @param averaged gradients of the kept weights, at the position
   * @param step number of steps before this one
   */
  void step(FloatBuffer averaged, int step) {
    if (kept.isPresent() && isFew(kept.get())) {
      DeferredTensor deferred = apart(kept.get());
      FloatValues.require(deferred.compact().gradient()).write(0, averaged);
      deferred.step(step, 1);
      return;
    }
    FloatValues gradient = FloatValues.require(tensor.gradient());
    if (kept.isEmpty()) {
      gradient.write(0, averaged);
    } else {
      gradient.scatter(kept.get().indices(), averaged);
    }
    passes.apply(part.rule(), tensor, part.learningRate().at(step), step + 1, 1, part.decay());
  }

  private boolean isFew(KeptWeights left) {
    return left.count() > 0 && left.count() <= FEW * tensor.length();
  }

  private DeferredTensor apart(KeptWeights left) {
    if (apart.isEmpty()) {
      apart = Optional.of(new DeferredTensor(part, passes, tensor, left.indices()));
    }
    return apart.get();
  }

  /** Copies the kept weights to the target's position. */
  void kept(FloatBuffer target) {
    if (apart.isPresent()) {
      FloatValues.require(apart.get().compact().weights()).read(0, target);
    } else if (kept.isPresent()) {
      FloatValues.require(tensor.weights()).gather(kept.get().indices(), target);
    } else {
      FloatValues.require(tensor.weights()).read(0, target);
    }
  }

  /** Brings the whole piece up to date. */
  void settle() {
    apart.ifPresent(DeferredTensor::settle);
  }

  /** Brings the whole piece up to date; it may be changed then. */
  void forget() {
    settle();
    close();
  }

  @Override
  public void close() {
    apart.ifPresent(DeferredTensor::close);
    apart = Optional.empty();
  }
}
