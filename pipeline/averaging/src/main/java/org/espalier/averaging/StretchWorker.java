package org.espalier.averaging;

import org.espalier.engine.replica.Replica;
import org.espalier.engine.replica.StepReport;
import org.espalier.engine.tensor.MultiplyAdds;

/** A worker in a stretch, and what its steps took. Used by one thread. */
final class StretchWorker implements AutoCloseable {
  private static final double SECONDS = 1e-9;

  private final int number;
  private final TimedBatches batches;
  private long weight;
  private double lossSum;
  private long gatherNanos;
  private long computeNanos;
  private long sendNanos;
  private long bytesUp;
  private long bytesDown;
  private MultiplyAdds multiplyAdds = MultiplyAdds.NONE;

  StretchWorker(Worker worker) {
    this.number = worker.number();
    this.batches = new TimedBatches(worker.batches());
  }

  int number() {
    return number;
  }

  StepReport differentiate(Replica replica, long step, Replica.Differentiated wanted) {
    long start = System.nanoTime();
    StepReport report = replica.differentiate(batches, step, wanted);
    computeNanos += System.nanoTime() - start;
    weight += report.weight();
    lossSum += report.lossSum();
    multiplyAdds = multiplyAdds.plus(report.multiplyAdds());
    return report;
  }

  void gathered(long since) {
    gatherNanos += System.nanoTime() - since;
  }

  void fetched(long fetchedBytes) {
    bytesDown += fetchedBytes;
  }

  void sent(long since, long handedIn) {
    sendNanos += System.nanoTime() - since;
    bytesUp += handedIn;
  }

  WorkerReport report(String executor, int task) {
    return new WorkerReport(
        number,
        executor,
        task,
        weight,
        lossSum,
        gatherNanos * SECONDS,
        batches.seconds(),
        computeNanos * SECONDS - batches.seconds(),
        sendNanos * SECONDS,
        bytesUp,
        bytesDown,
        multiplyAdds);
  }

  @Override
  public void close() {
    batches.close();
  }
}
