package org.espalier.jobs.loss;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.espalier.jobs.loss.HaltingAppender.End;
import org.espalier.results.ModelHashes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An only executor has no neighbour; the driver keeps the state in its place. */
@Timeout(300)
class OnlyExecutorLossIT {
  private static final int STEP = 14;
  private static final String METHOD = "rigl";

  @TempDir private Path folder;

  /** While it computes, and while the driver fetches the state. */
  @Test
  void itsLossShowsInNoBit() throws Exception {
    try (RobbedRuns runs = new RobbedRuns(folder, 1)) {
      ModelHashes undisturbed = runs.train(METHOD).hashes();
      for (String phase : new String[] {"compute", "hand over"}) {
        runs.awaitExecutors();
        runs.ask(phase, STEP, End.HALT, 1);
        assertThat(runs.train(METHOD).hashes()).as(phase).isEqualTo(undisturbed);
      }
    }
  }
}
