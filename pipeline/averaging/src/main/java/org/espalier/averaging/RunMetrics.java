package org.espalier.averaging;

import com.codahale.metrics.Counter;
import com.codahale.metrics.MetricFilter;
import com.codahale.metrics.MetricRegistry;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.espalier.engine.tensor.MultiplyAdds;

/**
 * What a process tells Spark's metrics system of each of its runs, as {@code round.RUN.*} on the
 * driver and {@code worker.RUN.*} on executors: timers {@code seconds}, {@code data}, {@code
 * compute}, {@code gather}, {@code reduce}, {@code broadcast}, {@code masks}, {@code wait}, {@code
 * optimiser} and {@code schedule} of a round, {@code data}, {@code compute}, {@code gather} and
 * {@code reduce} of a worker in it, and counters {@code bytesUp}, {@code bytesDown}, {@code
 * multiplyAdds}, {@code multiplyAddsLeftOut} and {@code expectedForwardMultiplyAdds}. The metrics
 * of the last {@value #RUNS} runs stay. Thread-safe.
 */
final class RunMetrics {
  static final RunMetrics OF_DRIVER = new RunMetrics("round");
  static final RunMetrics OF_EXECUTOR = new RunMetrics("worker");

  private static final int RUNS = 16;
  private static final double NANOS = 1e9;

  private final String prefix;
  private final Set<String> runs = new LinkedHashSet<>();
  private MetricRegistry registry;

  RunMetrics(String prefix) {
    this.prefix = prefix;
    register(new MetricRegistry());
  }

  /** Tells this registry from now on, beginning with the number of runs. */
  synchronized void register(MetricRegistry next) {
    registry = next;
    runs.clear();
    started();
  }

  private Counter started() {
    return registry.counter(MetricRegistry.name(prefix, "runs"));
  }

  synchronized void note(String run, RoundSummary round) {
    begin(run);
    RoundPhases phases = round.phases();
    time(run, "seconds", round.seconds());
    time(run, "data", phases.data());
    time(run, "compute", phases.compute());
    time(run, "gather", phases.gather());
    time(run, "reduce", phases.reduce());
    time(run, "broadcast", phases.broadcast());
    time(run, "masks", phases.masks());
    time(run, "wait", phases.waiting());
    time(run, "optimiser", phases.optimiser());
    time(run, "schedule", round.scheduleSeconds());
    count(run, "bytesUp", round.bytesUp());
    count(run, "bytesDown", round.bytesDown());
    count(run, round.multiplyAdds());
  }

  synchronized void note(String run, WorkerReport worker) {
    begin(run);
    time(run, "data", worker.dataSeconds());
    time(run, "compute", worker.computeSeconds());
    time(run, "gather", worker.loadSeconds());
    time(run, "reduce", worker.sendSeconds());
    count(run, "bytesUp", worker.bytesUp());
    count(run, "bytesDown", worker.bytesDown());
    count(run, worker.multiplyAdds());
  }

  private void begin(String run) {
    if (!runs.add(run)) {
      return;
    }
    started().inc();
    if (runs.size() > RUNS) {
      Iterator<String> oldest = runs.iterator();
      registry.removeMatching(MetricFilter.startsWith(of(oldest.next(), "")));
      oldest.remove();
    }
  }

  private String of(String run, String name) {
    return prefix + "." + run + "." + name;
  }

  private void time(String run, String name, double seconds) {
    registry.timer(of(run, name)).update((long) (seconds * NANOS), TimeUnit.NANOSECONDS);
  }

  private void count(String run, MultiplyAdds more) {
    count(run, "multiplyAdds", more.done());
    count(run, "multiplyAddsLeftOut", more.leftOut());
    count(run, "expectedForwardMultiplyAdds", more.expected());
  }

  private void count(String run, String name, long more) {
    registry.counter(of(run, name)).inc(more);
  }
}
