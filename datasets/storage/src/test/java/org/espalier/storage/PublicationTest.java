package org.espalier.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.espalier.base.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublicationTest {
  private static final Configuration HADOOP = new Configuration();

  @TempDir private java.nio.file.Path folder;

  @Test
  void nothingIsSeenBeforeTheCommitAndEverythingAfterIt() throws IOException {
    java.nio.file.Path destination = folder.resolve("a/b/run");
    try (Publication publication = Publication.begin(new Path(destination.toString()), HADOOP)) {
      Files.writeString(java.nio.file.Path.of(publication.workplace().toUri()).resolve("f"), "x");
      assertThat(destination).doesNotExist();
      publication.commit();
    }
    assertThat(destination.resolve("f")).hasContent("x");
    assertThat(destination.getParent()).isDirectoryNotContaining("glob:**/.*");
  }

  @Test
  void withoutACommitNotEvenNewParentFoldersStay() {
    java.nio.file.Path destination = folder.resolve("a/b/run");
    Publication.begin(new Path(destination.toString()), HADOOP).close();
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
    Path destination = new Path(Files.createDirectory(folder.resolve("run")).toString());
    assertThatThrownBy(() -> Publication.begin(destination, HADOOP))
        .isInstanceOf(Refusal.class)
        .hasMessageMatching(
            "Cannot write to file:.*/run: it exists already; choose another output or remove it first\\.");
  }

  @Test
  void aDestinationBelowAFileIsRefused() throws IOException {
    java.nio.file.Path file = Files.writeString(folder.resolve("file"), "x");
    assertThatThrownBy(() -> Publication.begin(new Path(file.resolve("run").toString()), HADOOP))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("choose an output that this user may create.");
  }

  @Test
  void whoeverCommitsSecondIsRefused() throws IOException {
    Path destination = new Path(folder.resolve("run").toString());
    try (Publication first = Publication.begin(destination, HADOOP);
        Publication second = Publication.begin(destination, HADOOP)) {
      first.commit();
      assertThatThrownBy(second::commit).isInstanceOf(Refusal.class);
    }
    assertThat(folder).isDirectoryNotContaining("glob:**/.*");
  }
}
