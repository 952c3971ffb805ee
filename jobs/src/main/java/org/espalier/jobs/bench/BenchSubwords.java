package org.espalier.jobs.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.espalier.base.Mix64;
import org.espalier.base.Reason;
import org.espalier.base.Refusal;
import org.espalier.jobs.shell.Console;
import org.espalier.jobs.shell.Job;
import org.espalier.text.lines.LineReader;
import org.espalier.text.subwords.SubwordEncoder;
import org.espalier.text.subwords.TokenCounts;
import org.espalier.text.subwords.Vocabulary;
import org.espalier.text.subwords.VocabularySearch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures how fast text is encoded. */
@Command(
    name = "subwords",
    description = {
      "Megabytes of text per CPU second of one thread: lines to numbers of subwords, in memory.",
      "",
      "CPU time is that of the whole process, compiler and garbage collector included, after the text"
          + " was encoded once."
    },
    mixinStandardHelpOptions = true)
final class BenchSubwords extends Job {
  private static final int SIZE = 8192;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      description =
          "Text, a sentence per line, plain or .gz (default: words of random letters, drawn by Zipf's"
              + " law).")
  private List<Path> files = List.of();

  @Option(
      names = "--vocabulary",
      paramLabel = "FILE",
      description = "Vocabulary (default: one of about " + SIZE + " subwords, built of the text).")
  private Path vocabulary;

  @Option(
      names = "--megabytes",
      paramLabel = "N",
      defaultValue = "50",
      description =
          "Text to encode, in 10^6 bytes of UTF-8; the text is repeated until it has as many (default:"
              + " ${DEFAULT-VALUE}).")
  private int megabytes;

  @Override
  protected Map<String, Object> run(Console console) throws IOException {
    if (megabytes < 1) {
      throw new Refusal(
          "Cannot measure %d megabytes of text: there must be at least 1.".formatted(megabytes));
    }
    List<String> lines = files.isEmpty() ? drawn() : read();
    long bytes = bytes(lines);
    SubwordEncoder encoder = new SubwordEncoder(vocabulary(lines));
    long subwords = pass(encoder, lines);
    double start = ProcessCpu.seconds();
    long done = 0;
    while (done < megabytes * 1_000_000L) {
      if (pass(encoder, lines) != subwords) {
        throw new IllegalStateException("Two passes over the text gave different subwords");
      }
      done += bytes;
    }
    double rate = done * 1e-6 / (ProcessCpu.seconds() - start);
    console.result(
        String.format(
            Locale.ROOT,
            "subwords %.1f MB/cpu-s (%d lines, %.2f bytes per subword, %d MB)",
            rate,
            lines.size(),
            (double) bytes / subwords,
            done / 1_000_000));
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("workload", "subwords");
    values.put("megabytesPerCpuSecond", rate);
    values.put("lines", lines.size());
    values.put("bytes", bytes);
    values.put("subwords", subwords);
    return values;
  }

  private static long pass(SubwordEncoder encoder, List<String> lines) {
    long subwords = 0;
    for (String line : lines) {
      subwords += encoder.encode(line).length;
    }
    return subwords;
  }

  /** The bytes of the lines, with an end of line each. */
  private static long bytes(List<String> lines) {
    return lines.stream()
        .mapToLong(line -> line.getBytes(StandardCharsets.UTF_8).length + 1L)
        .sum();
  }

  private Vocabulary vocabulary(List<String> lines) throws IOException {
    if (vocabulary != null) {
      return Vocabulary.parse(Files.readAllBytes(vocabulary), vocabulary.toString());
    }
    TokenCounts counts = new TokenCounts();
    lines.forEach(counts::add);
    return VocabularySearch.of(counts.byToken(), SIZE);
  }

  private List<String> read() {
    List<String> lines = new ArrayList<>();
    for (Path file : files) {
      try (InputStream in = new BufferedInputStream(Files.newInputStream(file));
          LineReader reader =
              new LineReader(file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in)) {
        while (reader.next()) {
          lines.add(reader.text());
        }
      } catch (IOException e) {
        throw new Refusal(
            "Cannot read the text %s: %s; check the file.".formatted(file, Reason.of(e)), e);
      }
    }
    return lines;
  }

  /** Sentences of twelve words, of which word k is drawn with a probability of about 1 / k. */
  private static List<String> drawn() {
    List<String> lines = new ArrayList<>();
    for (int line = 0; line < 30_000; line++) {
      StringBuilder sentence = new StringBuilder();
      for (int word = 0; word < 12; word++) {
        double unit = Mix64.unit(Mix64.key(1, line), word);
        sentence.append(word == 0 ? "" : " ").append(word((int) Math.exp(unit * 10)));
      }
      lines.add(sentence.append('.').toString());
    }
    return lines;
  }

  private static String word(int number) {
    long key = Mix64.key(2, number);
    StringBuilder word = new StringBuilder();
    int length = 2 + Mix64.below(9, key, 0);
    for (int letter = 1; letter <= length; letter++) {
      word.append((char) ('a' + Mix64.below(26, key, letter)));
    }
    return word.toString();
  }
}
