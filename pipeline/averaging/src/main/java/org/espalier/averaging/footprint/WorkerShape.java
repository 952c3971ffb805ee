package org.espalier.averaging.footprint;

/**
 * The shape in which workers are spread over a cluster.
 *
 * @param workers number of workers W
 * @param batch examples of a worker's step
 * @param executors number of processes that carry workers
 * @param tasks that one of them runs at a time at most
 */
public record WorkerShape(int workers, int batch, int executors, int tasks) {

  /** The shape on executors that have so many slots each. */
  public static WorkerShape of(int workers, int batch, int executors, int slots) {
    int carrying = Math.min(executors, workers);
    return new WorkerShape(workers, batch, carrying, Math.min(slots, share(workers, carrying)));
  }

  /** Workers that one executor carries at most. */
  int carried() {
    return share(workers, executors);
  }

  private static int share(int whole, int part) {
    return Math.floorDiv(whole - 1, part) + 1;
  }
}
