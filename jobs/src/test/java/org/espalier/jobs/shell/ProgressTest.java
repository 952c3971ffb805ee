package org.espalier.jobs.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final AtomicLong clock = new AtomicLong(TimeUnit.HOURS.toNanos(5));
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Progress progress =
      Progress.asPlainLines(
          "step", new PrintStream(bytes, true, StandardCharsets.UTF_8), clock::get);

  @Test
  void workThatGoesOnInTheMiddleIsJudgedByWhatWasDoneSince() {
    progress.at(900, 1000, "resumed");
    pass(20);
    progress.at(910, 1000, "loss 1");
    assertThat(lines()).containsExactly("step: 910 of 1000 (91 %), loss 1, 3 min 00 s left");
  }

  @Test
  void linesComeAtIntervals() {
    for (int step = 1; step <= 30; step++) {
      progress.at(step, 40, "loss 1");
      pass(1);
    }
    assertThat(lines())
        .containsExactly(
            "step: 11 of 40 (27 %), loss 1, 29 s left", "step: 21 of 40 (52 %), loss 1, 19 s left");
  }

  private void pass(int seconds) {
    clock.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
  }

  private Iterable<String> lines() {
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
