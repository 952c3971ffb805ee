package org.espalier.averaging;

import com.codahale.metrics.Counter;
import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.Timer;
import java.util.Map;

/**
 * What an executor tells Spark's metrics system of the workers that it carries: timers {@code
 * worker.data}, {@code worker.compute}, {@code worker.load} and {@code worker.send}, and the
 * counter {@code worker.bytesUp}. Thread-safe.
 */
final class WorkerMetrics {
  static final WorkerMetrics OF_EXECUTOR = new WorkerMetrics();

  private final Timer data = new Timer();
  private final Timer compute = new Timer();
  private final Timer load = new Timer();
  private final Timer send = new Timer();
  private final Counter bytesUp = new Counter();

  private WorkerMetrics() {}

  void register(MetricRegistry registry) {
    Map.of("data", data, "compute", compute, "load", load, "send", send, "bytesUp", bytesUp)
        .forEach((name, metric) -> registry.register(MetricRegistry.name("worker", name), metric));
  }

  void note(WorkerReport report) {
    RoundMetrics.note(data, report.dataSeconds());
    RoundMetrics.note(compute, report.computeSeconds());
    RoundMetrics.note(load, report.loadSeconds());
    RoundMetrics.note(send, report.sendSeconds());
    bytesUp.inc(report.bytesUp());
  }
}
