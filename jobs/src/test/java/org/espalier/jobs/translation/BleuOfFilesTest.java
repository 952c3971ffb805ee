package org.espalier.jobs.translation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.espalier.jobs.shell.CommandRunner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BleuOfFilesTest {
  @TempDir private Path folder;

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static String printed(int code, Path reference, Path hypothesis, String... more)
      throws IOException {
    List<String> arguments = new ArrayList<>(List.of(more));
    arguments.addAll(List.of("--reference=" + reference, "--hypothesis=" + hypothesis));
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    try (PrintStream caught = new PrintStream(written, true, UTF_8)) {
      System.setOut(caught);
      System.setErr(caught);
      assertThat(CommandRunner.run(new BleuOfFiles(), arguments.toArray(String[]::new)))
          .isEqualTo(code);
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
    return written.toString(UTF_8);
  }

  @Test
  void scoresComeWithTheirSignatures() throws IOException {
    Path reference = file("r", "Ein Test , 3,5% „ja“!\n");
    Path hypothesis = file("h", "Ein Test, 3.5 % \"ja\"!\n");
    assertThat(printed(0, reference, hypothesis))
        .isEqualTo(
            """
            BLEU = 20.16, 55.6/25.0/14.3/8.3 (BP=1.000, ratio=1.286, hyp_len=9, ref_len=7)
            nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|like:sacrebleu-2.6.0
            chrF2 = 51.03
            nrefs:1|case:mixed|eff:yes|nc:6|nw:0|space:no|like:sacrebleu-2.6.0
            """);
    assertThat(printed(0, reference, hypothesis, "--tokenize", "intl", "--json"))
        .contains("\"status\":\"done\",\"bleu\":21.1")
        .contains("\"signature\":\"nrefs:1|case:mixed|eff:no|tok:intl|smooth:exp|")
        .contains("\"sentences\":1");
  }

  @Test
  void filesMayBeCompressed() throws IOException {
    Path reference = folder.resolve("r.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(reference))) {
      out.write("a b c d e\n".getBytes(UTF_8));
    }
    assertThat(printed(0, reference, file("h", "a b c d e"))).startsWith("BLEU = 100.00");
    assertThat(printed(3, reference, file("not.gz", "a b c d e")))
        .contains("Cannot read ")
        .endsWith(
            "give a file of lines in UTF-8, or one that gzip has compressed and named *.gz.\n");
  }

  @Test
  void filesThatDoNotBelongTogetherAreRefused() throws IOException {
    Path reference = file("r", "a\nb\n");
    Path hypothesis = file("h", "a\n");
    assertThat(printed(3, reference, hypothesis))
        .isEqualTo(
            "espalier: Cannot score %s: it has 1 lines where %s has 2; give files whose lines belong together.\n"
                .formatted(hypothesis, reference));
    Path empty = file("empty", "");
    assertThat(printed(3, empty, empty))
        .contains("it and %s are empty; give files with a sentence per line.".formatted(empty));
  }

  @Test
  void whatIsNoTextIsRefused() throws IOException {
    Path reference = file("r", "a\nb\n");
    Path bytes = Files.write(folder.resolve("b"), new byte[] {'a', '\n', (byte) 0xC3, '\n'});
    assertThat(printed(3, reference, bytes))
        .isEqualTo(
            "espalier: Cannot read %s: line 2 is not valid UTF-8; give lines of text in UTF-8.\n"
                .formatted(bytes));
    Path missing = folder.resolve("missing");
    assertThat(printed(3, reference, missing))
        .isEqualTo(
            "espalier: Cannot read %s: there is no such file; name another.\n".formatted(missing));
    assertThat(printed(3, reference, reference, "--tokenize", "zh"))
        .isEqualTo(
            "espalier: Cannot count words as zh: it is unknown; choose one of none, 13a, intl, multi-bleu, moses-en, moses-de, paper.\n");
  }
}
