package org.espalier.averaging;

import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.espalier.averaging.gradients.OwnerReport;
import org.espalier.engine.tensor.MultiplyAdds;

/**
 * What a round leaves behind.
 *
 * @param gradient averaged gradient of the last step, that of masked weights included, if it was
 *     wanted
 * @param workers what each worker says, in worker order
 * @param owners what each owner of shards says; none where parameters are averaged
 * @param costs what the driver saw of it
 */
record RoundResult(
    Optional<float[]> gradient,
    List<WorkerReport> workers,
    List<OwnerReport> owners,
    DriverCosts costs) {
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

  /**
   * Where the time went.
   *
   * @param maskSeconds what the mask update took that followed
   */
  RoundPhases phases(double maskSeconds) {
    return new RoundPhases(
        byTask(WorkerReport::dataSeconds).getMax(),
        byTask(WorkerReport::computeSeconds).getMax(),
        byTask(WorkerReport::loadSeconds).getMax(),
        byTask(WorkerReport::sendSeconds).getMax() + costs.fetchSeconds(),
        costs.sendSeconds(),
        maskSeconds,
        waitSeconds(),
        owners.stream().mapToDouble(OwnerReport::optimiserSeconds).max().orElse(0));
  }

  private double waitSeconds() {
    DoubleSummaryStatistics tasks =
        byTask(worker -> worker.dataSeconds() + worker.computeSeconds() + worker.loadSeconds());
    return owners.stream()
        .mapToDouble(OwnerReport::waitSeconds)
        .max()
        .orElse(tasks.getMax() - tasks.getMin());
  }

  long bytesUp() {
    return workers.stream().mapToLong(WorkerReport::bytesUp).sum()
        + owners.stream().mapToLong(OwnerReport::bytesUp).sum();
  }

  long bytesDown() {
    return costs.bytesDown()
        + workers.stream().mapToLong(WorkerReport::bytesDown).sum()
        + owners.stream().mapToLong(OwnerReport::bytesDown).sum();
  }

  MultiplyAdds multiplyAdds() {
    return workers.stream()
        .map(WorkerReport::multiplyAdds)
        .reduce(MultiplyAdds.NONE, MultiplyAdds::plus);
  }

  /** Over the tasks, of what the workers of each add up to. */
  private DoubleSummaryStatistics byTask(ToDoubleFunction<WorkerReport> seconds) {
    return workers.stream()
        .collect(Collectors.groupingBy(WorkerReport::task, Collectors.summingDouble(seconds)))
        .values()
        .stream()
        .mapToDouble(Double::doubleValue)
        .summaryStatistics();
  }
}
