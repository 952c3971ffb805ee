package org.espalier.jobs.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.espalier.jobs.shell.CommandRunner;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Preparations of parallel text that are refused before Spark starts. */
class PrepareWmt14Test {
  @TempDir private Path folder;
  private Path text;

  @BeforeEach
  void write() throws IOException {
    text = Files.writeString(folder.resolve("text"), "a\n");
  }

  private void refuses(String sentence, String... options) {
    List<String> arguments = new ArrayList<>(List.of("--output=" + folder.resolve("out")));
    arguments.addAll(List.of("--source=" + text, "--target=" + text));
    arguments.addAll(List.of(options));
    PrintStream usual = System.err;
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    int exit;
    try {
      exit = CommandRunner.run(new PrepareWmt14(), arguments.toArray(String[]::new));
    } finally {
      System.setErr(usual);
    }
    String said = err.toString(StandardCharsets.UTF_8);
    assertThat(exit).as(said).isEqualTo(3);
    assertThat(said.lines().filter(line -> line.startsWith("espalier: ")))
        .containsExactly("espalier: " + sentence);
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void filesThatHaveNoPartnerAreRefused() {
    refuses(
        "Cannot pair 2 files of source sentences with 1 of target sentences: there must be as many, and one at least; name them in the same order.",
        "--source=" + text);
    refuses(
        "Cannot pair 1 files of source sentences with 0 of target sentences: there must be as many, and one at least; name them in the same order.",
        "--test-source=" + text);
    refuses(
        "Cannot read %s: there is no such file; check the path.".formatted(folder.resolve("no")),
        "--source=" + folder.resolve("no"),
        "--target=" + text);
  }

  @Test
  void valuesOutOfRangeAreRefused() {
    refuses(
        "Cannot pack pairs into rows of 0 subwords: it must be at least 1; 256 is usual.",
        "--length=0");
    refuses("Cannot prepare wmt14 as 0 shards: there must be at least 1.", "--shards=0");
    refuses(
        "Cannot build a vocabulary of 0 subwords: the size must be at least 1; 32768 is usual.",
        "--size=0");
    refuses(
        "Cannot drop pairs with a ratio of words above 0.5: it must be at least 1; 9 is usual.",
        "--max-ratio=0.5");
    refuses(
        "Cannot drop pairs of more than 0 words: it must be at least 1; 100 is usual.",
        "--max-words=0");
  }

  @Test
  void aVocabularyIsBuiltOrRead() {
    refuses(
        "Cannot use --size 9 with --vocabulary %s: a vocabulary that is there has its size; leave one of them away."
            .formatted(text),
        "--size=9",
        "--vocabulary=" + text);
    refuses(
        "Cannot use the vocabulary %s: line 1 is a and no subword between quotation marks; name a vocabulary as tensor2tensor or 'espalier subwords build' writes it."
            .formatted(text),
        "--vocabulary=" + text);
    refuses(
        "Cannot read the vocabulary %s: there is no such file; check the path."
            .formatted(folder.resolve("no")),
        "--vocabulary=" + folder.resolve("no"));
  }
}
