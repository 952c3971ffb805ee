package org.espalier.averaging;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a round leaves behind.
 *
 * @param gradient averaged gradient of the last step, that of masked weights included, if it was
 *     wanted
 * @param workers what each worker says, in worker order
 * @param costs what the driver saw of it
 */
record RoundResult(Optional<float[]> gradient, List<WorkerReport> workers, DriverCosts costs) {
  /**
   * What the driver sees of a round.
   *
   * @param sendSeconds wall time of sending vector and masks where the driver had to
   * @param fetchSeconds wall time of fetching the averaged vector
   * @param bytesDown bytes that the driver sent and received, and that executors fetched from each
   *     other where they do not count them
   * @param runAgain number of tries that lost shards before the one that succeeded
   */
  record DriverCosts(double sendSeconds, double fetchSeconds, long bytesDown, int runAgain) {}

  long weight() {
    return workers.stream().mapToLong(WorkerReport::weight).sum();
  }

  double loss() {
    return workers.stream().mapToDouble(WorkerReport::lossSum).sum() / weight();
  }

  WorkerReport slowest() {
    return workers.stream()
        .max(Comparator.comparingDouble(WorkerReport::computeSeconds))
        .orElseThrow();
  }

  /** Wall time of the steps of the workers that the busiest task carried. */
  double computeSeconds() {
    return busiest(workers, WorkerReport::computeSeconds);
  }

  double dataSeconds() {
    return busiest(workers, WorkerReport::dataSeconds);
  }

  double loadSeconds() {
    return busiest(workers, WorkerReport::loadSeconds);
  }

  double reduceSeconds() {
    return busiest(workers, WorkerReport::sendSeconds);
  }

  long bytesUp() {
    return workers.stream().mapToLong(WorkerReport::bytesUp).sum();
  }

  long bytesDown() {
    return costs.bytesDown() + workers.stream().mapToLong(WorkerReport::bytesDown).sum();
  }

  private static double busiest(
      List<WorkerReport> workers, java.util.function.ToDoubleFunction<WorkerReport> seconds) {
    return workers.stream()
        .collect(Collectors.groupingBy(WorkerReport::task, Collectors.summingDouble(seconds)))
        .values()
        .stream()
        .mapToDouble(Double::doubleValue)
        .max()
        .orElse(0);
  }
}
