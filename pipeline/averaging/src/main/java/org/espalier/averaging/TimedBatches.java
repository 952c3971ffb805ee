package org.espalier.averaging;

import org.espalier.engine.replica.WorkerBatches;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** The batches of a worker, and the wall time that it has waited for them. Used by one thread. */
final class TimedBatches implements WorkerBatches {
  private final WorkerBatches batches;
  private long nanos;

  TimedBatches(WorkerBatches batches) {
    this.batches = batches;
  }

  double seconds() {
    return nanos * 1e-9;
  }

  @Override
  public boolean has(long step) {
    return batches.has(step);
  }

  @Override
  public int epoch(long step) {
    return batches.epoch(step);
  }

  @Override
  public MultiDataSet at(long step) {
    long start = System.nanoTime();
    MultiDataSet batch = batches.at(step);
    nanos += System.nanoTime() - start;
    return batch;
  }

  @Override
  public void close() {
    batches.close();
  }
}
