package org.espalier.jobs.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.espalier.averaging.exchange.RunFailure;
import org.espalier.experiment.Checkpointing;
import org.espalier.experiment.Checkpointing.StartPolicy;
import org.espalier.jobs.loss.HaltingAppender.End;
import org.espalier.jobs.loss.RobbedRuns.Trained;
import org.espalier.results.ModelHashes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Executors are lost in the middle of every phase of a stretch, and no bit shows it. */
@Timeout(300)
class LossIT {
  private static final int EXECUTORS = 2;
  private static final int STEP = 14;
  private static final String RIGL = "rigl";
  private static final String MAGNITUDE = "magnitude";
  private static final Checkpointing ALWAYS = new Checkpointing(Duration.ZERO, StartPolicy.AFRESH);
  private static final Checkpointing RESUMED =
      new Checkpointing(Duration.ofHours(1), StartPolicy.RESUMED);

  @TempDir private static Path folder;

  private static RobbedRuns runs;
  private static ModelHashes rigl;
  private static ModelHashes magnitude;

  @BeforeAll
  static void trainUndisturbed() throws Exception {
    runs = new RobbedRuns(folder, EXECUTORS);
    runs.awaitExecutors();
    rigl = runs.train(RIGL).hashes();
    magnitude = runs.train(MAGNITUDE).hashes();
    assertThat(magnitude).isNotEqualTo(rigl);
  }

  @AfterAll
  static void stop() {
    runs.close();
  }

  @BeforeEach
  void awaitTheNewcomer() {
    runs.awaitExecutors();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"begin", "gather", "compute", "reduce", "optimiser", "mask update", "keep"})
  void anExecutorThatIsLostInAPhaseShowsInNoBit(String phase) throws Exception {
    runs.ask(phase, STEP, End.HALT, 1);
    Trained robbed = runs.train(RIGL);
    assertThat(robbed.runAgain()).isPositive();
    assertThat(robbed.hashes()).isEqualTo(rigl);
    assertThat(runs.warnings())
        .anyMatch(
            line -> line.matches("round \\d+ of .* is run again: executor \\d+ was killed .*"));
  }

  @Test
  void anExecutorThatIsLostBetweenAStretchAndItsMaskUpdateShowsInNoBit() throws Exception {
    runs.ask("mask update", STEP, End.HALT, 1);
    assertThat(runs.train(MAGNITUDE).hashes()).isEqualTo(magnitude);
  }

  @Test
  void anExecutorThatIsLostInACheckpointShowsInNoBit() throws Exception {
    runs.ask("hand over", STEP, End.HALT, 1);
    assertThat(runs.train(RIGL, ALWAYS, runs.output()).hashes()).isEqualTo(rigl);
  }

  /** In a task, which ends the executor, and in a thread of the exchange, which does not. */
  @ParameterizedTest
  @ValueSource(strings = {"compute", "keep"})
  void anExecutorOutOfMemoryIsSaidToBeThatAndShowsInNoBit(String phase) throws Exception {
    runs.ask(phase, STEP, End.OUT_OF_MEMORY, 1);
    assertThat(runs.train(RIGL).hashes()).isEqualTo(rigl);
    assertThat(runs.warnings())
        .anyMatch(
            line ->
                line.matches(
                    "round \\d+ of .* is run again: executor \\d+ ran out of memory \\(Java heap space\\); raise spark.executor.memory"));
  }

  @Test
  void anOwnerAndItsNeighbourLostAtOnceEndTheRunWhichGoesOnFromItsCheckpoint() throws Exception {
    Path output = runs.output();
    runs.ask("keep", STEP, End.HALT, EXECUTORS);
    assertThatThrownBy(() -> runs.train(RIGL, ALWAYS, output))
        .isInstanceOf(RunFailure.class)
        .hasMessageMatching(
            "Cannot go on from step (\\d+): parameters \\d+ to \\d+ and what the optimiser remembers of them are lost with both executors that kept them, \\d+ and \\d+; go on from the checkpoint of step \\1 with --resume\\.");
    runs.awaitExecutors();
    assertThat(runs.train(RIGL, RESUMED, output).hashes()).isEqualTo(rigl);
  }

  @Test
  void aRunWithoutCheckpointsThatLosesItsStateIsToBeBegunAgain() throws Exception {
    runs.ask("keep", STEP, End.HALT, EXECUTORS);
    assertThatThrownBy(() -> runs.train(RIGL))
        .isInstanceOf(RunFailure.class)
        .hasMessageEndingWith(
            "; no checkpoint has been written, which is tried every 300 s: begin again, with a smaller --checkpoint-minutes if the run may lose executors more often.");
  }
}
