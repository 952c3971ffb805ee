package org.espalier.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.hadoop.conf.Configuration;
import org.espalier.averaging.parts.HeldVector;
import org.espalier.averaging.parts.PartsFolder;
import org.espalier.averaging.parts.VectorPart;
import org.espalier.averaging.parts.WholeVector;
import org.espalier.engine.replica.FlatVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class BackgroundCheckpointsTest {
  @TempDir private Path folder;

  private final List<String> warnings = new ArrayList<>();
  private final List<String> events = new ArrayList<>();

  @Test
  void whoAsksForACheckpointGoesOnWhileItIsWritten() {
    Slow vector = new Slow(5);
    try (BackgroundCheckpoints background = background()) {
      background.begin(SampleCheckpoints.at(5).head(), () -> vector);
      background.tell();
      assertThat(folder.resolve("5.checkpoint")).doesNotExist();
      vector.mayGoOn.countDown();
    }
    assertThat(folder.resolve("5.checkpoint")).exists();
    assertThat(events).containsExactly("written 5", "closed 5");
    assertThat(warnings).isEmpty();
  }

  @Test
  void theSecondIsHeldWhenTheFirstIsWrittenAndClosed() {
    Slow first = new Slow(5);
    Slow second = new Slow(6);
    second.mayGoOn.countDown();
    try (BackgroundCheckpoints background = background()) {
      background.begin(SampleCheckpoints.at(5).head(), () -> first);
      first.mayGoOn.countDown();
      background.begin(
          SampleCheckpoints.at(6).head(),
          () -> {
            events.add("held 6");
            return second;
          });
    }
    assertThat(events).containsExactly("written 5", "closed 5", "held 6", "written 6", "closed 6");
  }

  @Test
  void aFailureIsAWarningInOneSentenceAndTheNextCheckpointIsWritten() throws IOException {
    Path parts = Files.writeString(folder.resolve("5.parts"), "in the folder's place");
    Slow first = new Slow(5);
    Slow second = new Slow(6);
    first.mayGoOn.countDown();
    second.mayGoOn.countDown();
    try (BackgroundCheckpoints background = background()) {
      background.begin(SampleCheckpoints.at(5).head(), () -> first);
      background.begin(SampleCheckpoints.at(6).head(), () -> second);
    }
    assertThat(warnings).hasSize(1);
    assertThat(warnings.get(0))
        .startsWith("no checkpoint of step 5: Cannot write ")
        .endsWith("since the run goes on without it.")
        .doesNotContain("\n");
    assertThat(folder.resolve("6.checkpoint")).exists();
    assertThat(events).containsExactly("closed 5", "written 6", "closed 6");
    assertThat(parts).doesNotExist();
  }

  private BackgroundCheckpoints background() {
    return new BackgroundCheckpoints(
        Checkpoints.in(new org.apache.hadoop.fs.Path(folder.toString()), new Configuration()),
        warnings::add);
  }

  /** A vector that takes as long to write as it is told to. */
  private final class Slow implements HeldVector {
    private final CountDownLatch mayGoOn = new CountDownLatch(1);
    private final long step;
    private final FlatVector vector;

    Slow(long step) {
      this.step = step;
      this.vector = SampleCheckpoints.at(step).vector();
    }

    @Override
    public int length() {
      return vector.length();
    }

    @Override
    public List<VectorPart> write(PartsFolder parts) throws IOException {
      try {
        mayGoOn.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      List<VectorPart> written = new WholeVector(vector).write(parts);
      events.add("written " + step);
      return written;
    }

    @Override
    public void close() {
      events.add("closed " + step);
    }
  }
}
