package org.espalier.averaging.exchange;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.espalier.engine.kernel.Kernels;
import org.espalier.engine.kernel.WeightedSums;
import org.espalier.engine.replica.RunningMoments;

/**
 * The gradients of one shard in one step, averaged as far as they are here: two means of the halves
 * of a {@link WorkerRange} become that of the range, computed in double precision and rounded to
 * float32, whatever order they arrive in. Used by one thread at a time.
 */
final class MeanTree {
  private final WeightedSums arithmetic = Kernels.chosen().sums();
  private final int workers;
  private final Predicate<WorkerRange> here;
  private final List<RunningMoments> moments;
  private final RunState run;
  private final PartialMean[] waiting;
  private ShardBits bits;
  private MomentMeans merging;
  private int room;

  /**
   * @param workers number of all workers
   * @param here whether both halves of a range come here, which are merged then
   * @param moments the running moments in the shard, counted from its start
   * @param run gives the buffers of what waits
   */
  MeanTree(int workers, Predicate<WorkerRange> here, List<RunningMoments> moments, RunState run) {
    this.workers = workers;
    this.here = here;
    this.moments = moments;
    this.run = run;
    this.waiting = new PartialMean[workers];
  }

  /**
   * Begins a step.
   *
   * @param entries those that are handed in
   * @param most entries that are handed in of any shard
   */
  void begin(ShardBits entries, int most) {
    if (entries != bits) {
      bits = entries;
      merging = new MomentMeans(entries, moments);
    }
    room = PartialMean.room(most);
  }

  /**
   * Adds the mean of a range, and merges what can be merged.
   *
   * @param values read only during the call
   * @return the mean that waits for nothing here; its buffer belongs to the caller
   * @throws IllegalStateException if the range cannot be, was there before, or as many values are
   *     not handed in
   */
  Optional<PartialMean> add(WorkerRange range, long weight, FloatBuffer values) {
    requireFits(range, weight, values);
    Mean mean = new Mean(range, weight, values, null);
    while (mean.range.end() - mean.range.from() < workers) {
      WorkerRange parent = mean.range.parent(workers);
      if (!here.test(parent)) {
        break;
      }
      WorkerRange sibling = mean.range.sibling(parent);
      PartialMean other = waiting[sibling.from()];
      if (other == null || !other.workers().equals(sibling)) {
        keep(owned(mean));
        return Optional.empty();
      }
      waiting[sibling.from()] = null;
      mean = merged(parent, mean, other);
    }
    return Optional.of(owned(mean));
  }

  /** A mean whose values are in its own buffer, or still in the caller's. */
  private record Mean(WorkerRange range, long weight, FloatBuffer values, PartialMean own) {}

  private void requireFits(WorkerRange range, long weight, FloatBuffer values) {
    int expected = weight == 0 ? 0 : bits.set();
    if (range.from() < 0
        || range.from() >= range.end()
        || range.end() > workers
        || weight < 0
        || values.remaining() != expected) {
      throw new IllegalStateException(
          "Cannot average: workers %d to %d of %d handed in %d values where %d are due"
              .formatted(range.from(), range.end() - 1, workers, values.remaining(), expected));
    }
  }

  private void keep(PartialMean mean) {
    PartialMean before = waiting[mean.workers().from()];
    if (before != null) {
      throw new IllegalStateException(
          "Cannot average: workers %d to %d handed in their gradient twice"
              .formatted(mean.workers().from(), mean.workers().end() - 1));
    }
    waiting[mean.workers().from()] = mean;
  }

  private PartialMean owned(Mean mean) {
    if (mean.own != null) {
      return new PartialMean(mean.range, mean.weight, mean.own.message());
    }
    if (mean.weight == 0) {
      return new PartialMean(mean.range, 0, null);
    }
    PartialMean own = new PartialMean(mean.range, mean.weight, run.buffer(room));
    own.values(bits.set()).put(0, mean.values, mean.values.position(), bits.set());
    return own;
  }

  private Mean merged(WorkerRange parent, Mean mean, PartialMean other) {
    if (other.weight() == 0) {
      return new Mean(parent, mean.weight, mean.values, mean.own);
    }
    FloatBuffer target = other.values(bits.set());
    if (mean.weight > 0) {
      mix(target, other.weight(), mean.values, mean.weight);
      if (mean.own != null) {
        run.recycle(mean.own.message());
      }
    }
    return new Mean(parent, mean.weight + other.weight(), target, other);
  }

  private void mix(FloatBuffer target, long weight, FloatBuffer values, long otherWeight) {
    double all = (double) weight + otherWeight;
    double share = weight / all;
    double otherShare = otherWeight / all;
    merging.prepare(target, share, values, otherShare);
    arithmetic.mix(target, share, values, otherShare);
    merging.replace(target);
  }
}
