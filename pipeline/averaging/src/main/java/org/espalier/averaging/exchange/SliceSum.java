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

  synchronized void add(Contribution contribution) {
    if (waiting == null) {
      waiting = new Contribution[contribution.heading().workers()];
    }
    int worker = contribution.heading().worker();
    if (worker < next || waiting[worker] != null) {
      return;
    }
    if (worker > next) {
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

  /** The mean, once every worker has been added. */
  Optional<FlatVector> mean() {
    return Optional.ofNullable(mean);
  }

  private void accumulate(Contribution contribution) {
    if (next == 0) {
      lead =
          contribution
              .heading()
              .lead()
              .orElseThrow(
                  () -> new IllegalStateException("Cannot average: worker 0 does not lead"))
              .kept();
      sums = new double[lead.bits().set()];
      moments = new MomentSums(lead);
    }
    next++;
    long weight = contribution.heading().examples();
    if (weight == 0) {
      return;
    }
    FloatBuffer values = contribution.values();
    if (values.remaining() != sums.length) {
      throw new IllegalStateException(
          "Cannot average: worker %d handed in %d values of slice %d where %d travel"
              .formatted(contribution.heading().worker(), values.remaining(), slice, sums.length));
    }
    arithmetic.add(values, (double) weight, sums);
    moments.add(values, weight);
    examples += weight;
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
