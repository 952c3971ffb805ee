package org.espalier.jobs.bench.sparse;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.espalier.dl4jspark.bench.Medians;

/**
 * Median seconds of a layer's passes.
 *
 * @param both of a forward pass and the backward pass after it
 */
record PassTimes(double forward, double backward, double both) {
  private static final int FEWEST = 3;
  private static final double NANO = 1e-9;

  /** The times of steps that are repeated for so long, and at least three times. */
  static PassTimes of(LayerSide side, long nanoseconds) {
    DoubleStream.Builder forward = DoubleStream.builder();
    DoubleStream.Builder backward = DoubleStream.builder();
    DoubleStream.Builder both = DoubleStream.builder();
    long begin = System.nanoTime();
    long end = begin;
    for (int step = 0; step < FEWEST || end - begin < nanoseconds; step++) {
      long start = System.nanoTime();
      side.forward();
      long middle = System.nanoTime();
      side.backward();
      end = System.nanoTime();
      forward.add((middle - start) * NANO);
      backward.add((end - middle) * NANO);
      both.add((end - start) * NANO);
    }
    return new PassTimes(
        Medians.of(forward.build()), Medians.of(backward.build()), Medians.of(both.build()));
  }

  /** All of it by name. */
  Map<String, Object> values() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("seconds", both);
    values.put("forwardSeconds", forward);
    values.put("backwardSeconds", backward);
    return values;
  }
}
