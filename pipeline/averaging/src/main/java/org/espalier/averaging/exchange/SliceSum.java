package org.espalier.averaging.exchange;

import java.nio.FloatBuffer;
import java.util.Optional;
import java.util.function.Supplier;
import org.espalier.engine.kernel.Kernels;
import org.espalier.engine.kernel.WeightedSums;
import org.espalier.engine.replica.FlatVector;

/**
 * The mean of one slice over the workers, weighted by examples: summed in double precision, in
 * worker order, whatever order the contributions arrive in. Only what travels is summed.
 *
 * <p>A contribution that arrives early waits for its predecessors; all others are added at once. A
 * second one of the same worker (a retried or speculated task) has the same bits and is ignored.
 * Thread-safe.
 */
final class SliceSum {
  private final int slice;
  private final Supplier<FlatVector> before;
  private final WeightedSums arithmetic = Kernels.chosen().sums();
  private Contribution[] waiting;
  private Lead lead;
  private double[] sums;
  private MomentSums moments;
  private int next;
  private long examples;
  private volatile FlatVector mean;

  /**
   * @param before the slice's values before the round, asked for if the lead leaves some away
   */
  SliceSum(int slice, Supplier<FlatVector> before) {
    this.slice = slice;
    this.before = before;
  }

  /**
   * Adds what a worker hands in. One that is refused counts for nothing: the slice waits for
   * another from the same worker.
   *
   * @throws IllegalStateException if it does not fit the slice, or the others of the slice
   */
  synchronized void add(Contribution contribution) {
    Heading heading = contribution.heading();
    requireOneOf(waiting == null ? heading.workers() : waiting.length, heading);
    if (waiting == null) {
      waiting = new Contribution[heading.workers()];
    }
    int worker = heading.worker();
    if (worker < next || waiting[worker] != null) {
      return;
    }
    if (worker > next) {
      if (lead != null) {
        requireTravelling(contribution, lead.bits().set());
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

  private void requireOneOf(int workers, Heading heading) {
    if (heading.workers() != workers || heading.worker() < 0 || heading.worker() >= workers) {
      throw new IllegalStateException(
          "Cannot average: worker %d of %d handed in slice %d, which is of %d workers"
              .formatted(heading.worker(), heading.workers(), slice, workers));
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
      requireTravelling(contribution, lead.bits().set());
    }
    next++;
    long weight = contribution.heading().examples();
    if (weight > 0) {
      arithmetic.add(contribution.values(), (double) weight, sums);
      moments.add(contribution.values(), weight);
      examples += weight;
    }
  }

  /** Worker 0 says what travels. */
  private void begin(Contribution first) {
    Lead said =
        first
            .heading()
            .lead()
            .orElseThrow(() -> new IllegalStateException("Cannot average: worker 0 does not lead"));
    requireTravelling(first, said.bits().set());
    lead = said.kept();
    sums = new double[said.bits().set()];
    moments = new MomentSums(lead);
  }

  /** Without examples nothing is handed in. */
  private void requireTravelling(Contribution contribution, int travelling) {
    Heading heading = contribution.heading();
    int expected = heading.examples() == 0 ? 0 : travelling;
    int found = contribution.values().remaining();
    if (found != expected) {
      throw new IllegalStateException(
          "Cannot average: worker %d handed in %d values of slice %d where %d travel"
              .formatted(heading.worker(), found, slice, expected));
    }
  }

  private FlatVector finish() {
    if (examples == 0) {
      throw new IllegalStateException("Cannot average: no worker trained on any example");
    }
    SliceBits bits = lead.bits();
    FlatVector whole =
        bits.all()
            ? FlatVector.filled(bits.size(), this::average)
            : FlatVector.filled(bits.size(), values -> complete(bits, values));
    sums = null;
    return whole;
  }

  private void complete(SliceBits bits, FloatBuffer values) {
    FloatBuffer travelled = FloatBuffer.allocate(sums.length);
    average(travelled);
    lead.others()
        .ifPresentOrElse(
            others -> bits.scatterOthers(others, values),
            () -> values.put(0, before.get().values(), 0, bits.size()));
    bits.scatter(travelled, values);
  }

  private void average(FloatBuffer averaged) {
    arithmetic.divide(sums, (double) examples, averaged);
    moments.merge(sums, examples, averaged);
  }
}
