package org.espalier.jobs.loss;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.espalier.averaging.RoundSummary;
import org.espalier.jobs.loss.RobbedRuns.Trained;
import org.espalier.results.ModelHashes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Under dynamic allocation executors come and go while a run goes on, and no bit shows it. */
@Timeout(300)
class AllocationIT {
  private static final String METHOD = "rigl";
  private static final Map<String, String> DYNAMIC =
      Map.of(
          "spark.dynamicAllocation.enabled", "true",
          "spark.dynamicAllocation.shuffleTracking.enabled", "true",
          "spark.dynamicAllocation.initialExecutors", "1",
          "spark.dynamicAllocation.minExecutors", "1",
          "spark.dynamicAllocation.maxExecutors", "2",
          "spark.espalier.executors.patience", "120s",
          "spark.decommission.enabled", "true");
  private static final int EXECUTORS = 2;
  private static final long DECOMMISSIONED = 8;
  private static final long GONE = 20;

  @TempDir private Path fixed;
  @TempDir private Path dynamic;

  @Test
  void executorsThatAreAskedForAndDecommissionedShowInNoBit() throws Exception {
    ModelHashes undisturbed;
    try (RobbedRuns runs = new RobbedRuns(fixed, 1)) {
      undisturbed = runs.train(METHOD).hashes();
    }
    try (RobbedRuns runs = new RobbedRuns(dynamic, EXECUTORS, DYNAMIC)) {
      List<Set<Integer>> there = new ArrayList<>();
      Trained disturbed =
          runs.train(
              METHOD,
              RobbedRuns.SELDOM,
              runs.output(),
              round -> {
                there.add(runs.processes());
                comeAndGo(round, there.get(0), runs);
              });
      assertThat(there.get(0)).hasSize(1 + EXECUTORS);
      assertThat(there.get(there.size() - 1)).isNotEqualTo(there.get(0));
      assertThat(disturbed.runAgain()).isLessThanOrEqualTo(1);
      assertThat(disturbed.hashes()).isEqualTo(undisturbed);
    }
  }

  private static void comeAndGo(RoundSummary round, Set<Integer> first, RobbedRuns runs) {
    if (round.round().end() == DECOMMISSIONED) {
      decommissionAnExecutor();
    }
    if (round.round().end() == GONE) {
      while (runs.processes().equals(first) && !Thread.currentThread().isInterrupted()) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
      }
    }
  }

  /** By the signal with which cluster managers announce that a machine goes. */
  private static void decommissionAnExecutor() {
    long executor =
        ProcessHandle.current()
            .descendants()
            .filter(process -> process.info().commandLine().orElse("").contains("ExecutorBackend"))
            .findFirst()
            .orElseThrow()
            .pid();
    try {
      assertThat(new ProcessBuilder("kill", "-PWR", Long.toString(executor)).start().waitFor())
          .isZero();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
