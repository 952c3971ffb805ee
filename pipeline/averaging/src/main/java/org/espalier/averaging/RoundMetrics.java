package org.espalier.averaging;

import com.codahale.metrics.Counter;
import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.Timer;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What the driver tells Spark's metrics system: timers {@code round.seconds}, {@code round.data},
 * {@code round.compute}, {@code round.broadcast}, {@code round.reduce}, {@code round.masks}, {@code
 * round.schedule}, and counters {@code round.bytesUp} and {@code round.bytesDown}. Thread-safe.
 */
final class RoundMetrics {
  static final RoundMetrics OF_DRIVER = new RoundMetrics();
  private static final double NANOS = 1e9;

  private final Timer seconds = new Timer();
  private final Timer data = new Timer();
  private final Timer compute = new Timer();
  private final Timer broadcast = new Timer();
  private final Timer reduce = new Timer();
  private final Timer masks = new Timer();
  private final Timer schedule = new Timer();
  private final Counter bytesUp = new Counter();
  private final Counter bytesDown = new Counter();

  private RoundMetrics() {}

  void register(MetricRegistry registry) {
    Map.of(
            "seconds", seconds,
            "data", data,
            "compute", compute,
            "broadcast", broadcast,
            "reduce", reduce,
            "masks", masks,
            "schedule", schedule,
            "bytesUp", bytesUp,
            "bytesDown", bytesDown)
        .forEach((name, metric) -> registry.register(MetricRegistry.name("round", name), metric));
  }

  void note(RoundSummary round) {
    note(seconds, round.seconds());
    note(data, round.dataSeconds());
    note(compute, round.computeSeconds());
    note(broadcast, round.broadcastSeconds());
    note(reduce, round.reduceSeconds());
    note(masks, round.maskSeconds());
    note(schedule, round.scheduleSeconds());
    bytesUp.inc(round.bytesUp());
    bytesDown.inc(round.bytesDown());
  }

  static void note(Timer timer, double seconds) {
    timer.update((long) (seconds * NANOS), TimeUnit.NANOSECONDS);
  }
}
