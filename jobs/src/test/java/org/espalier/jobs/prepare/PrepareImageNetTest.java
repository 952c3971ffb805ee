package org.espalier.jobs.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.espalier.jobs.shell.CommandRunner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Preparations of ImageNet that are refused before Spark starts. */
class PrepareImageNetTest {
  @TempDir private Path folder;
  @TempDir private Path input;

  private void refuses(String sentence, String... options) {
    String[] arguments = new String[options.length + 2];
    arguments[0] = "--input=" + input;
    arguments[1] = "--output=" + folder.resolve("out");
    System.arraycopy(options, 0, arguments, 2, options.length);
    PrintStream usual = System.err;
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    int exit;
    try {
      exit = CommandRunner.run(new PrepareImageNet(), arguments);
    } finally {
      System.setErr(usual);
    }
    String said = err.toString(StandardCharsets.UTF_8);
    assertThat(exit).as(said).isEqualTo(3);
    assertThat(said.lines().filter(line -> line.startsWith("espalier: ")))
        .containsExactly("espalier: " + sentence);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void whatIsForResizedImagesNeedsAResize() {
    for (String option : new String[] {"--quality", "--draft", "--orientation"}) {
      String given =
          switch (option) {
            case "--quality" -> "--quality=80";
            case "--orientation" -> "--orientation=apply";
            default -> option;
          };
      refuses(
          "Cannot use %s without --resize: the original bytes are stored as they are; add --resize 256 or leave %s away."
              .formatted(option, option),
          given);
    }
  }

  @Test
  void valuesOutOfRangeAreRefused() {
    refuses(
        "Cannot encode images with quality 101: it must be 1 to 100; 90 is usual.",
        "--resize=256",
        "--quality=101");
    refuses(
        "Cannot resize images to a short side of -1 pixels: it must be 1 to 8192; 256 is usual.",
        "--resize=-1");
  }

  @Test
  void optionsAreRefusedBeforeSparkStarts() throws IOException {
    Files.createDirectories(input.resolve("train/n01440764"));
    refuses("Cannot prepare imagenet as 0 shards: there must be at least 1.", "--shards=0");
    refuses(
        "Cannot publish imagenet with at most -1 rejected files: it must be at least 0.",
        "--max-rejected=-1");
    refuses("Cannot decode images of at most 0 pixels: it must be at least 1.", "--max-pixels=0");
    refuses(
        "Cannot prepare imagenet with 0 rows per row group: a row group must not be empty; choose 1 row or more.",
        "--rows-per-group=0");
  }

  @Test
  void anInputWithoutALayoutIsRefused() {
    refuses(
        "Cannot prepare file:%s: it has neither a folder train/ with a folder per class nor ILSVRC2012_img_train.tar; name the folder that holds one of them, or a .csv that lists paths and labels."
            .formatted(input));
    assertThat(Files.exists(folder.resolve("out"))).isFalse();
  }
}
