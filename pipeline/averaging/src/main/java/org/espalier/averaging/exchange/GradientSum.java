package org.espalier.averaging.exchange;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import org.espalier.engine.kernel.Kernels;
import org.espalier.engine.kernel.WeightedSums;
import org.espalier.engine.replica.RunningMoments;

/**
 * The mean of the workers' gradients of one shard in one step, weighted by examples or tokens:
 * summed in double precision, in worker order, whatever order they arrive in. A second gradient of
 * the same worker (a speculated task's) has the same bits and is ignored. Used by one thread at a
 * time.
 */
final class GradientSum {
  private record Waiting(long weight, FloatBuffer values) {}

  private final WeightedSums arithmetic = Kernels.chosen().sums();
  private final Waiting[] waiting;
  private final List<RunningMoments> moments;
  private ShardBits bits;
  private double[] sums = new double[0];
  private FloatBuffer handedIn = FloatBuffer.allocate(0);
  private MomentSums merged;
  private int next;
  private long total;

  /**
   * @param moments the running moments in the shard, counted from its start
   */
  GradientSum(int workers, List<RunningMoments> moments) {
    this.waiting = new Waiting[workers];
    this.moments = moments;
  }

  /** Begins a step in which these entries are handed in. */
  void begin(ShardBits entries) {
    bits = entries;
    if (sums.length != bits.set()) {
      sums = new double[bits.set()];
      handedIn = FloatBuffer.allocate(sums.length);
    }
    Arrays.fill(sums, 0);
    Arrays.fill(waiting, null);
    merged = new MomentSums(bits, moments);
    next = 0;
    total = 0;
  }

  /**
   * Adds a worker's gradient, at once if those of the workers before it are in.
   *
   * @return whether all workers are in
   * @throws IllegalStateException if there is no such worker, or as many values are not handed in
   */
  boolean add(int worker, long weight, FloatBuffer values) {
    requireFits(worker, weight, values);
    if (worker < next || waiting[worker] != null) {
      return false;
    }
    if (worker > next) {
      waiting[worker] = new Waiting(weight, Contribution.copy(values));
      return false;
    }
    accumulate(weight, values);
    while (next < waiting.length && waiting[next] != null) {
      accumulate(waiting[next].weight(), waiting[next].values());
    }
    return next == waiting.length;
  }

  private void requireFits(int worker, long weight, FloatBuffer values) {
    int expected = weight == 0 ? 0 : bits.set();
    if (worker < 0 || worker >= waiting.length || values.remaining() != expected) {
      throw new IllegalStateException(
          "Cannot average: worker %d of %d handed in %d values where %d are due"
              .formatted(worker, waiting.length, values.remaining(), expected));
    }
  }

  private void accumulate(long weight, FloatBuffer values) {
    waiting[next] = null;
    next++;
    if (weight > 0) {
      arithmetic.add(values, (double) weight, sums);
      merged.add(values, weight);
      total += weight;
    }
  }

  /**
   * Puts the mean into {@code whole}, zeros where nothing is handed in.
   *
   * @throws IllegalStateException if no worker had anything to train on
   */
  void mean(float[] whole) {
    if (total == 0) {
      throw new IllegalStateException("Cannot average: no worker trained on any example");
    }
    FloatBuffer target = FloatBuffer.wrap(whole);
    if (bits.all()) {
      put(target);
      return;
    }
    put(handedIn);
    Arrays.fill(whole, 0);
    bits.scatter(handedIn.duplicate(), target);
  }

  private void put(FloatBuffer target) {
    arithmetic.divide(sums, (double) total, target);
    merged.merge(sums, total, target);
  }
}
