package org.espalier.averaging;

import java.util.List;
import org.espalier.training.FlatVector;

/**
 * What a round leaves behind.
 *
 * @param averaged mean of the workers' vectors, weighted by examples
 * @param workers what each worker says, in worker order
 */
record RoundResult(FlatVector averaged, List<WorkerReport> workers) {
  static RoundResult assemble(SliceLayout layout, List<AveragedSlice> slices) {
    byte[] bytes = new byte[Math.multiplyExact(layout.length(), Float.BYTES)];
    for (AveragedSlice slice : slices) {
      System.arraycopy(
          slice.values(),
          0,
          bytes,
          layout.start(slice.slice()) * Float.BYTES,
          slice.values().length);
    }
    return new RoundResult(FlatVector.wrap(bytes), slices.get(0).reports());
  }

  long examples() {
    return workers.stream().mapToLong(WorkerReport::examples).sum();
  }

  double loss() {
    return workers.stream().mapToDouble(WorkerReport::lossSum).sum() / examples();
  }

  /** Wall time of all workers' steps if {@code slots} of them run at a time. */
  double computeSeconds(int slots) {
    double all = workers.stream().mapToDouble(WorkerReport::computeSeconds).sum();
    return all / Math.min(slots, workers.size());
  }

  double slowestSeconds() {
    return workers.stream().mapToDouble(WorkerReport::computeSeconds).max().orElse(0);
  }
}
