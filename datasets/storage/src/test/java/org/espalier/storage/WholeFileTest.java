package org.espalier.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.espalier.base.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
  private final Configuration hadoop = new Configuration();
  @TempDir java.nio.file.Path folder;

  @Test
  void appearsWithItsContentAndNothingBesideIt() throws IOException {
    Path written = WholeFile.creating(path("new/a.txt"), hadoop).write(text("whole"));

    assertThat(written.toUri().getPath()).isEqualTo(folder.resolve("new/a.txt").toString());
    assertThat(folder.resolve("new/a.txt")).hasContent("whole");
    assertThat(names("new")).containsExactly("a.txt");
  }

  @Test
  void refusesToTakeThePlaceOfAnExistingFile() throws IOException {
    Files.writeString(folder.resolve("a.txt"), "old");

    assertThatThrownBy(() -> WholeFile.creating(path("a.txt"), hadoop).write(text("new")))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("a.txt: it exists already; choose another output");
    assertThat(folder.resolve("a.txt")).hasContent("old");
  }

  @Test
  void takesThePlaceOfAnExistingFileWhenAsked() throws IOException {
    Files.writeString(folder.resolve("a.txt"), "old");

    WholeFile.replacing(path("a.txt"), hadoop).write(text("new"));

    assertThat(folder.resolve("a.txt")).hasContent("new");
    assertThat(names(".")).containsExactly("a.txt");
  }

  @Test
  void leavesTheOldFileAndNoTraceWhenWritingFails() throws IOException {
    Files.writeString(folder.resolve("a.txt"), "old");

    assertThatThrownBy(
            () ->
                WholeFile.replacing(path("a.txt"), hadoop)
                    .write(
                        (files, unfinished) -> {
                          text("half").writeTo(files, unfinished);
                          throw new IOException("the disk is full");
                        }))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("a.txt: the disk is full; choose an output");
    assertThat(folder.resolve("a.txt")).hasContent("old");
    assertThat(names(".")).containsExactly("a.txt");
  }

  private Path path(String name) {
    return new Path(folder.resolve(name).toUri());
  }

  private java.util.List<String> names(String name) throws IOException {
    try (var files = Files.list(folder.resolve(name))) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static WholeFile.Content text(String content) {
    return (files, unfinished) -> {
      try (OutputStream out = files.create(unfinished)) {
        out.write(content.getBytes(StandardCharsets.UTF_8));
      }
    };
  }
}
