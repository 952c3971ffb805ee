package org.espalier.jobs.subwords;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.espalier.jobs.shell.Console;
import org.espalier.jobs.shell.Job;
import org.espalier.text.subwords.SubwordEncoder;
import org.espalier.text.subwords.Vocabulary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lines of text to lines of numbers. */
@Command(
    name = "encode",
    description = {
      "Lines of text to lines of numbers of subwords, separated by spaces.",
      "",
      "Any text can be encoded, characters that the vocabulary has not included. No end of sentence"
          + " (1) is added."
    },
    mixinStandardHelpOptions = true)
final class EncodeLines extends Job {
  @Mixin private VocabularyOption vocabulary;

  @Override
  protected Map<String, Object> run(Console console) throws Exception {
    Vocabulary known = vocabulary.read();
    SubwordEncoder encoder = new SubwordEncoder(known);
    StringBuilder numbers = new StringBuilder();
    long[] subwords = new long[1];
    long lines;
    try (PrintStream out = console.text()) {
      lines =
          StandardInput.read(
              "encode",
              "give lines of text in UTF-8",
              line -> {
                numbers.setLength(0);
                for (int id : encoder.encode(line)) {
                  numbers.append(numbers.length() == 0 ? "" : " ").append(id);
                  subwords[0]++;
                }
                out.append(numbers).append('\n');
              });
    }
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("lines", lines);
    values.put("subwords", subwords[0]);
    values.put("vocabulary", "sha256:" + known.sha256());
    return values;
  }
}
