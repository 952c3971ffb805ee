package org.espalier.averaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import java.util.List;
import org.espalier.engine.tensor.MultiplyAdds;
import org.junit.jupiter.api.Test;

class RunMetricsTest {
  private final MetricRegistry registry = new MetricRegistry();
  private final RunMetrics metrics = new RunMetrics("worker");

  @Test
  void runsAreToldApart() {
    metrics.register(registry);
    metrics.note("one", report(100));
    metrics.note("two", report(7));
    metrics.note("one", report(20));
    assertThat(registry.counter("worker.one.bytesUp").getCount()).isEqualTo(120);
    assertThat(registry.counter("worker.two.bytesUp").getCount()).isEqualTo(7);
    assertThat(registry.counter("worker.one.multiplyAdds").getCount()).isEqualTo(1080);
    assertThat(registry.counter("worker.one.multiplyAddsLeftOut").getCount()).isEqualTo(120);
    assertThat(registry.counter("worker.one.expectedForwardMultiplyAdds").getCount())
        .isEqualTo(360);
    assertThat(registry.timer("worker.one.compute").getCount()).isEqualTo(2);
    assertThat(registry.timer("worker.one.compute").getSnapshot().getMax())
        .isEqualTo(3_000_000_000L);
    assertThat(registry.counter("worker.runs").getCount()).isEqualTo(2);
  }

  @Test
  void theOldestRunsAreForgotten() {
    metrics.register(registry);
    for (int run = 0; run < 20; run++) {
      metrics.note("run" + run, report(run));
    }
    assertThat(registry.getCounters())
        .containsKey("worker.run19.bytesUp")
        .containsKey("worker.run4.bytesUp")
        .doesNotContainKey("worker.run3.bytesUp");
    assertThat(registry.counter("worker.runs").getCount()).isEqualTo(20);
  }

  /** Spark tells only of registries that have something when they are registered. */
  @Test
  void thereIsACounterBeforeTheFirstRun() {
    metrics.register(registry);
    assertThat(registry.getCounters()).containsOnlyKeys("worker.runs");
  }

  private static WorkerReport report(long bytesUp) {
    return new WorkerReport(
        0,
        "1",
        0,
        32,
        1,
        1,
        2,
        3,
        4,
        bytesUp,
        5,
        new MultiplyAdds(9 * bytesUp, bytesUp, 3 * bytesUp, List.of()));
  }
}
