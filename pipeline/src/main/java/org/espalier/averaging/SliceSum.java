package org.espalier.averaging;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.espalier.training.FlatVector;
import scala.Tuple2;

/**
 * The mean of one slice over the workers, weighted by examples: summed in double precision, in
 * worker order, whatever order the slices arrive in.
 *
 * <p>A slice that arrives early waits for its predecessors; all others are added at once.
 */
final class SliceSum {
  private static final int CHUNK = 4096;

  private final float[] chunk = new float[CHUNK];
  private final WorkerSlice[] waiting;
  private final List<WorkerReport> reports = new ArrayList<>();
  private final double[] sums;
  private long examples;

  SliceSum(int workers, int length) {
    this.waiting = new WorkerSlice[workers];
    this.sums = new double[length];
  }

  /** The mean of one slice, in an iterator of one element as Spark wants it. */
  static Iterator<AveragedSlice> of(
      int slice, int workers, int length, Iterator<Tuple2<Integer, WorkerSlice>> arriving) {
    SliceSum sum = new SliceSum(workers, length);
    arriving.forEachRemaining(arrived -> sum.add(arrived._2()));
    return List.of(sum.mean(slice)).iterator();
  }

  void add(WorkerSlice slice) {
    int worker = slice.report().worker();
    if (waiting[worker] != null || worker < reports.size()) {
      throw new IllegalStateException(
          "Cannot average: worker " + worker + " handed in the same slice twice");
    }
    waiting[worker] = slice;
    while (reports.size() < waiting.length && waiting[reports.size()] != null) {
      int next = reports.size();
      accumulate(waiting[next]);
      waiting[next] = null;
    }
  }

  private void accumulate(WorkerSlice slice) {
    FloatBuffer values = FlatVector.floats(ByteBuffer.wrap(slice.values()));
    long weight = slice.report().examples();
    for (int from = 0; from < sums.length && weight > 0; from += CHUNK) {
      int size = Math.min(CHUNK, sums.length - from);
      values.get(from, chunk, 0, size);
      for (int i = 0; i < size; i++) {
        sums[from + i] += (double) chunk[i] * weight;
      }
    }
    examples += weight;
    reports.add(slice.report());
  }

  AveragedSlice mean(int slice) {
    if (reports.size() < waiting.length) {
      throw new IllegalStateException(
          "Cannot average: worker %d of %d handed in no slice"
              .formatted(reports.size(), waiting.length));
    }
    if (examples == 0) {
      throw new IllegalStateException("Cannot average: no worker trained on any example");
    }
    byte[] bytes = new byte[sums.length * Float.BYTES];
    FloatBuffer mean = FlatVector.floats(ByteBuffer.wrap(bytes));
    for (int from = 0; from < sums.length; from += CHUNK) {
      int size = Math.min(CHUNK, sums.length - from);
      for (int i = 0; i < size; i++) {
        chunk[i] = (float) (sums[from + i] / examples);
      }
      mean.put(from, chunk, 0, size);
    }
    return new AveragedSlice(slice, bytes, List.copyOf(reports));
  }
}
