package org.espalier.averaging.parameters;

import java.nio.FloatBuffer;
import java.util.Optional;
import java.util.function.Supplier;
import org.espalier.averaging.shards.ShardBits;
import org.espalier.engine.kernel.Kernels;
import org.espalier.engine.kernel.WeightedSums;
import org.espalier.engine.replica.FlatVector;

/**
 * The mean of one shard over the workers, weighted by examples or tokens: summed in double
 * precision, in worker order, whatever order the contributions arrive in. Only what travels is
 * summed.
 *
 * <p>A contribution that arrives early waits for its predecessors; all others are added at once. A
 * second one of the same worker (a retried or speculated task) has the same bits and is ignored.
 * Thread-safe.
 */
final class ShardSum {
  private final int shard;
  private final Supplier<FlatVector> before;
  private final WeightedSums arithmetic = Kernels.chosen().sums();
  private Contribution[] waiting;
  private ShardHeader shared;
  private double[] sums;
  private MomentSums moments;
  private int next;
  private long total;
  private volatile FlatVector mean;

  /**
   * @param before the shard's values before the round, asked for if the shared leaves some away
   */
  ShardSum(int shard, Supplier<FlatVector> before) {
    this.shard = shard;
    this.before = before;
  }

  /**
   * Adds what a worker hands in. One that is refused counts for nothing: the shard waits for
   * another from the same worker.
   *
   * @throws IllegalStateException if it does not fit the shard, or the others of the shard
   */
  synchronized void add(Contribution contribution) {
    ContributionHeader header = contribution.header();
    requireOneOf(waiting == null ? header.workers() : waiting.length, header);
    if (waiting == null) {
      waiting = new Contribution[header.workers()];
    }
    int worker = header.worker();
    if (worker < next || waiting[worker] != null) {
      return;
    }
    if (worker > next) {
      if (shared != null) {
        requireTravelling(contribution, shared.bits().set());
      }
      waiting[worker] = contribution.kept();
      return;
    }
    accumulate(contribution);
    while (next < waiting.length && waiting[next] != null) {
      Contribution successor = waiting[next];
      waiting[next] = null;
      accumulate(successor);
    }
    if (next == waiting.length) {
      mean = finish();
    }
  }

  private void requireOneOf(int workers, ContributionHeader header) {
    if (header.workers() != workers || header.worker() < 0 || header.worker() >= workers) {
      throw new IllegalStateException(
          "Cannot average: worker %d of %d handed in shard %d, which is of %d workers"
              .formatted(header.worker(), header.workers(), shard, workers));
    }
  }

  /** The mean, once every worker has been added. */
  Optional<FlatVector> mean() {
    return Optional.ofNullable(mean);
  }

  private void accumulate(Contribution contribution) {
    if (next == 0) {
      begin(contribution);
    } else {
      requireTravelling(contribution, shared.bits().set());
    }
    next++;
    long weight = contribution.header().weight();
    if (weight > 0) {
      arithmetic.add(contribution.values(), (double) weight, sums);
      moments.add(contribution.values(), weight);
      total += weight;
    }
  }

  /** Worker 0 says what travels. */
  private void begin(Contribution first) {
    ShardHeader said =
        first
            .header()
            .shared()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "Cannot average: worker 0 sent no header of the shard"));
    requireTravelling(first, said.bits().set());
    shared = said.kept();
    sums = new double[said.bits().set()];
    moments = new MomentSums(shared.bits(), shared.moments());
  }

  /** Without examples nothing is handed in. */
  private void requireTravelling(Contribution contribution, int travelling) {
    ContributionHeader header = contribution.header();
    int expected = header.weight() == 0 ? 0 : travelling;
    int found = contribution.values().remaining();
    if (found != expected) {
      throw new IllegalStateException(
          "Cannot average: worker %d handed in %d values of shard %d where %d travel"
              .formatted(header.worker(), found, shard, expected));
    }
  }

  private FlatVector finish() {
    if (total == 0) {
      throw new IllegalStateException("Cannot average: no worker trained on any example");
    }
    ShardBits bits = shared.bits();
    FlatVector whole =
        bits.all()
            ? FlatVector.filled(bits.size(), this::average)
            : FlatVector.filled(bits.size(), values -> complete(bits, values));
    sums = null;
    return whole;
  }

  private void complete(ShardBits bits, FloatBuffer values) {
    FloatBuffer travelled = FloatBuffer.allocate(sums.length);
    average(travelled);
    shared
        .others()
        .ifPresentOrElse(
            others -> bits.scatterOthers(others, values),
            () -> values.put(0, before.get().values(), 0, bits.size()));
    bits.scatter(travelled, values);
  }

  private void average(FloatBuffer averaged) {
    arithmetic.divide(sums, (double) total, averaged);
    moments.merge(sums, total, averaged);
  }
}
