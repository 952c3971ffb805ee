package org.espalier.jobs.subwords;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.espalier.jobs.shell.CommandRunner;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubwordsTest {
  private static final String TEXT = "the cat sat on the mat\nthe dog sat on the cat\n";

  @TempDir private Path folder;
  private String vocabulary;

  private record Said(int exit, String out, String err) {}

  private static Said subwords(byte[] input, String... arguments) {
    InputStream usualIn = System.in;
    PrintStream usualOut = System.out;
    PrintStream usualErr = System.err;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    System.setIn(new ByteArrayInputStream(input));
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    try {
      int exit = CommandRunner.run(subwordsCommand(), arguments);
      return new Said(
          exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    } finally {
      System.setIn(usualIn);
      System.setOut(usualOut);
      System.setErr(usualErr);
    }
  }

  private static Object subwordsCommand() {
    return new picocli.CommandLine(Subwords.class).getCommand();
  }

  private static Said subwords(String input, String... arguments) {
    return subwords(input.getBytes(StandardCharsets.UTF_8), arguments);
  }

  private void assertRefused(Said said, String sentence) {
    assertThat(said.exit()).as(said.err()).isEqualTo(3);
    assertThat(said.err().lines()).containsExactly("espalier: " + sentence);
  }

  @BeforeEach
  void build() {
    vocabulary = folder.resolve("v").toString();
    Said built = subwords(TEXT, "build", "--size=50", "--vocabulary", vocabulary);
    assertThat(built.exit()).as(built.err()).isZero();
    assertThat(built.out())
        .startsWith("vocabulary: ")
        .contains(" subwords for the 50 wanted, of 6 different tokens in 2 lines; file=");
  }

  @Test
  void linesComeBackWhateverTheyHold() {
    String text = TEXT + " \u00A0x_\\ \u2028\uD83D\uDE00\t\r\n\nlast";
    Said encoded = subwords(text, "encode", "--vocabulary", vocabulary);
    assertThat(encoded.exit()).as(encoded.err()).isZero();
    assertThat(encoded.out().split("\n", -1)).hasSize(6);
    assertThat(encoded.out()).matches("[0-9 \n]+");
    Said decoded = subwords(encoded.out(), "decode", "--vocabulary", vocabulary);
    assertThat(decoded.out()).isEqualTo(text + "\n");
    assertThat(decoded.err()).isEmpty();
  }

  @Test
  void jsonTellsHowMuchItWas() throws IOException {
    Said encoded = subwords(TEXT, "encode", "--vocabulary", vocabulary, "--json");
    JsonNode line = new ObjectMapper().readTree(encoded.out());
    assertThat(line.get("status").asText()).isEqualTo("done");
    assertThat(line.get("lines").asInt()).isEqualTo(2);
    assertThat(line.get("subwords").asInt()).isEqualTo(List.of(encoded.err().split("\\s+")).size());
  }

  @Test
  void linesThatCannotBeAreRefusedWithTheirNumber() {
    assertRefused(
        subwords(new byte[] {'a', '\n', (byte) 0xC3, '\n'}, "encode", "--vocabulary", vocabulary),
        "Cannot encode line 2 of standard input: it is not valid UTF-8; give lines of text in UTF-8.");
    Said none = subwords("2 3\n\n4 99999\n", "decode", "--vocabulary", vocabulary);
    assertThat(none.err())
        .startsWith(
            "espalier: Cannot decode line 3 of standard input: there is no subword 99999: the vocabulary has 0 to ")
        .endsWith("; give numbers of this vocabulary, separated by spaces.\n");
    assertRefused(
        subwords("2 three\n", "decode", "--vocabulary", vocabulary),
        "Cannot decode line 1 of standard input: 'three' is no number of a subword; give numbers of this vocabulary, separated by spaces.");
  }

  @Test
  void vocabulariesThatCannotBeAreRefused() throws IOException {
    String nowhere = folder.resolve("nowhere").toString();
    assertRefused(
        subwords("", "encode", "--vocabulary", nowhere),
        "Cannot read the vocabulary %s: there is no such file; check the path.".formatted(nowhere));
    String bare = Files.writeString(folder.resolve("bare"), "<pad>\n").toString();
    assertRefused(
        subwords("", "decode", "--vocabulary", bare),
        "Cannot use the vocabulary %s: line 1 is <pad> and no subword between quotation marks; name a vocabulary as tensor2tensor or 'espalier subwords build' writes it."
            .formatted(bare));
    assertRefused(
        subwords(TEXT, "build", "--vocabulary", vocabulary),
        "Cannot write the vocabulary %s: it exists already; choose another file or remove it first."
            .formatted(vocabulary));
    assertRefused(
        subwords("\n", "build", "--vocabulary", nowhere),
        "Cannot build a vocabulary: the text has no token; give text with at least one character.");
    assertRefused(
        subwords(TEXT, "build", "--size=0", "--vocabulary", nowhere),
        "Cannot build a vocabulary of 0 subwords: the size must be at least 1; 32768 is usual.");
    assertThat(folder.resolve("nowhere")).doesNotExist();
  }
}
