package org.espalier.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.espalier.base.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublicationTest {
  private static final Configuration HADOOP = new Configuration();
  private static final byte[] CONTENT = "{}".getBytes(StandardCharsets.UTF_8);
  private static final String UNFINISHED =
      "Cannot write to file:.*/run: it is unfinished, begun [0-9T:-]+Z on .+, process [0-9]+; wait for that process, or remove the folder if it is gone\\.";

  @TempDir private java.nio.file.Path folder;

  @Test
  void aFolderIsFinishedByItsManifestAndHoldsNothingElseOfOurs() throws IOException {
    java.nio.file.Path destination = folder.resolve("a/b/run");
    try (Publication publication = begin(destination)) {
      Files.writeString(java.nio.file.Path.of(publication.folder().toUri()).resolve("f"), "x");
      assertThat(isFinished(destination)).isFalse();
      publication.commit(CONTENT);
    }
    assertThat(isFinished(destination)).isTrue();
    assertThat(destination.resolve(Publication.MANIFEST)).hasBinaryContent(CONTENT);
    assertThat(names(destination)).containsExactly("f", Publication.MANIFEST);
  }

  @Test
  void withoutACommitNotEvenNewParentFoldersStay() {
    begin(folder.resolve("a/b/run")).close();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void parentFoldersThatHoldOtherThingsStay() throws IOException {
    Files.createDirectories(folder.resolve("a"));
    Publication.rehearse(new Path(folder.resolve("a/b/run").toString()), HADOOP);
    assertThat(folder.resolve("a")).isEmptyDirectory();
  }

  @Test
  void anExistingDestinationIsRefused() throws IOException {
    Files.createDirectory(folder.resolve("run"));
    refusesExisting();
    try (Publication publication = begin(folder.resolve("run2"))) {
      publication.commit(CONTENT);
    }
    Files.move(folder.resolve("run2"), folder.resolve("run/run2"));
    refusesExisting();
  }

  private void refusesExisting() {
    assertThatThrownBy(() -> begin(folder.resolve("run")))
        .isInstanceOf(Refusal.class)
        .hasMessageMatching(
            "Cannot write to file:.*/run: it exists already; choose another output or remove it first\\.");
  }

  @Test
  void aDestinationBelowAFileIsRefused() throws IOException {
    java.nio.file.Path file = Files.writeString(folder.resolve("file"), "x");
    assertThatThrownBy(() -> begin(file.resolve("run")))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("choose an output that this user may create.");
  }

  @Test
  void aFolderThatIsBeingWrittenOrWasAbandonedIsSaidToBeSo() throws IOException {
    java.nio.file.Path run = folder.resolve("run");
    try (Publication first = begin(run)) {
      Files.writeString(run.resolve("f"), "x");
      assertThatThrownBy(() -> begin(run))
          .isInstanceOf(Refusal.class)
          .hasMessageMatching(UNFINISHED);
      assertThat(run.resolve("f")).exists();
      first.commit(CONTENT);
    }
    refusesExisting();
  }

  @Test
  void ofManyThatBeginAtOnceOneWritesTheFolder() throws Exception {
    int many = 8;
    ExecutorService threads = Executors.newFixedThreadPool(many);
    try {
      for (int i = 0; i < 20; i++) {
        java.nio.file.Path run = folder.resolve("run" + i);
        Callable<Boolean> task =
            () -> {
              try (Publication publication = begin(run)) {
                Files.writeString(
                    java.nio.file.Path.of(publication.folder().toUri()).resolve("f"), "x");
                publication.commit(CONTENT);
                return true;
              } catch (Refusal e) {
                return false;
              }
            };
        int published = 0;
        for (Future<Boolean> each : threads.invokeAll(java.util.Collections.nCopies(many, task))) {
          published += each.get() ? 1 : 0;
        }
        assertThat(published).isOne();
        assertThat(names(run)).containsExactly("f", Publication.MANIFEST);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void whoeverWasPushedAsideNeitherPublishesNorDeletes() throws IOException {
    java.nio.file.Path run = folder.resolve("run");
    Publication first = begin(run);
    Files.move(run, folder.resolve("aside"));
    try (Publication second = begin(run)) {
      assertThatThrownBy(() -> first.commit(CONTENT))
          .isInstanceOf(Refusal.class)
          .hasMessage(
              "Cannot publish file:%s: it was removed or written by somebody else in the meantime; choose another output.",
              run);
      first.close();
      second.commit(CONTENT);
    }
    assertThat(isFinished(run)).isTrue();
  }

  @Test
  void aManifestThatIsThereIsNotWrittenOver() throws IOException {
    java.nio.file.Path run = folder.resolve("run");
    try (Publication publication = begin(run)) {
      Files.writeString(run.resolve(Publication.MANIFEST), "somebody else's");
      assertThatThrownBy(() -> publication.commit(CONTENT)).isInstanceOf(Refusal.class);
      assertThat(run.resolve(Publication.MANIFEST)).hasContent("somebody else's");
    }
  }

  private static Publication begin(java.nio.file.Path destination) {
    return Publication.begin(new Path(destination.toString()), HADOOP);
  }

  private static boolean isFinished(java.nio.file.Path destination) throws IOException {
    return Publication.isFinished(new Path(destination.toString()), HADOOP);
  }

  private static List<String> names(java.nio.file.Path directory) throws IOException {
    List<String> names = new ArrayList<>();
    try (var files = Files.list(directory)) {
      files.map(file -> file.getFileName().toString()).sorted().forEach(names::add);
    }
    return names;
  }
}
