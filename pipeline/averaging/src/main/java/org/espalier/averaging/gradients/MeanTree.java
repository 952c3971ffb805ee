package org.espalier.averaging.gradients;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.espalier.averaging.exchange.Buffers;
import org.espalier.averaging.shards.ShardBits;
import org.espalier.engine.kernel.Kernels;
import org.espalier.engine.kernel.Pieces;
import org.espalier.engine.kernel.WeightedSums;
import org.espalier.engine.replica.RunningMoments;

/**
 * The gradients of one shard in one step, averaged as far as they are here: two means of the halves
 * of a {@link WorkerRange} become that of the range, computed in double precision and rounded to
 * float32, whatever order they arrive in. Thread-safe; means are computed by those who bring them,
 * outside of any lock.
 */
final class MeanTree {
  private static final ThreadLocal<WeightedSums> ARITHMETIC =
      ThreadLocal.withInitial(() -> Kernels.chosen().sums());

  private final int workers;
  private final Predicate<WorkerRange> here;
  private final List<RunningMoments> moments;
  private final Buffers buffers;
  private final PartialMean[] waiting;
  private Step step;

  /** What is handed in, in a step. */
  private record Step(ShardBits bits, MomentMeans moments, int room) {}

  /**
   * @param workers number of all workers
   * @param here whether both halves of a range come here, which are merged then
   * @param moments the running moments in the shard, counted from its start
   * @param buffers those of what waits
   */
  MeanTree(
      int workers, Predicate<WorkerRange> here, List<RunningMoments> moments, Buffers buffers) {
    this.workers = workers;
    this.here = here;
    this.moments = moments;
    this.buffers = buffers;
    this.waiting = new PartialMean[workers];
  }

  /**
   * Begins a step.
   *
   * @param entries those that are handed in
   * @param most entries that are handed in of any shard
   */
  synchronized void begin(ShardBits entries, int most) {
    MomentMeans merging =
        step != null && step.bits == entries ? step.moments : new MomentMeans(entries, moments);
    step = new Step(entries, merging, PartialMean.room(most));
  }

  /**
   * Adds the mean of a range, and merges what can be merged.
   *
   * @param values read only during the call
   * @return the mean that waits for nothing here; its buffer belongs to the caller
   * @throws IllegalStateException if the range cannot be, was there before, or as many values are
   *     not handed in
   */
  Optional<PartialMean> add(WorkerRange range, long weight, Pieces values) {
    Step current = current();
    requireFits(range, weight, values, current.bits);
    Mean mean = new Mean(range, weight, values, null);
    while (mean.range.end() - mean.range.from() < workers) {
      WorkerRange parent = mean.range.parent(workers);
      if (!here.test(parent)) {
        break;
      }
      PartialMean other = takeOrKeep(mean.range.sibling(parent), mean);
      if (other != null) {
        mean = merged(parent, mean, other, current);
      } else if (mean.own != null) {
        return Optional.empty();
      } else {
        mean = mean.owning(owned(mean, current));
      }
    }
    return Optional.of(owned(mean, current));
  }

  private synchronized Step current() {
    return step;
  }

  /** Takes a mean that waits, or lets one wait for it that has its own buffer. */
  private synchronized PartialMean takeOrKeep(WorkerRange sibling, Mean mean) {
    PartialMean other = waiting[sibling.from()];
    if (other != null && other.workers().equals(sibling)) {
      waiting[sibling.from()] = null;
      return other;
    }
    if (mean.own != null) {
      if (waiting[mean.range.from()] != null) {
        throw new IllegalStateException(
            "Cannot average: workers %d to %d handed in their gradient twice"
                .formatted(mean.range.from(), mean.range.end() - 1));
      }
      waiting[mean.range.from()] = mean.own;
    }
    return null;
  }

  /** A mean whose values are in its own buffer, or still in the caller's. */
  private record Mean(WorkerRange range, long weight, Pieces values, PartialMean own) {
    Mean owning(PartialMean own) {
      return new Mean(range, weight, values, own);
    }
  }

  private void requireFits(WorkerRange range, long weight, Pieces values, ShardBits bits) {
    int expected = weight == 0 ? 0 : bits.set();
    if (range.from() < 0
        || range.from() >= range.end()
        || range.end() > workers
        || weight < 0
        || values.length() != expected) {
      throw new IllegalStateException(
          "Cannot average: workers %d to %d of %d handed in %d values where %d are due"
              .formatted(range.from(), range.end() - 1, workers, values.length(), expected));
    }
  }

  private PartialMean owned(Mean mean, Step current) {
    if (mean.own != null) {
      return mean.own;
    }
    if (mean.weight == 0) {
      return new PartialMean(mean.range, 0, null);
    }
    PartialMean own = new PartialMean(mean.range, mean.weight, buffers.take(current.room));
    ARITHMETIC.get().copy(own.values(current.bits.set()), mean.values);
    return own;
  }

  private Mean merged(WorkerRange parent, Mean mean, PartialMean other, Step current) {
    long weight = mean.weight + other.weight();
    if (other.weight() == 0) {
      return new Mean(parent, weight, mean.values, mean.own == null ? null : mean.own.of(parent));
    }
    FloatBuffer target = other.values(current.bits.set());
    if (mean.weight > 0) {
      Runnable spreads = current.moments.merged(target, other.weight(), mean.values, mean.weight);
      ARITHMETIC.get().mix(target, other.weight(), mean.values, mean.weight);
      spreads.run();
      if (mean.own != null) {
        buffers.recycle(mean.own.message());
      }
    }
    return new Mean(
        parent, weight, Pieces.of(target), new PartialMean(parent, weight, other.message()));
  }
}
