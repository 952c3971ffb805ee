package org.espalier.jobs.subwords;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringTokenizer;
import org.espalier.jobs.shell.Console;
import org.espalier.jobs.shell.Job;
import org.espalier.text.subwords.SubwordDecoder;
import org.espalier.text.subwords.Vocabulary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lines of numbers to lines of text. */
@Command(
    name = "decode",
    description = {
      "Lines of numbers of subwords, separated by spaces, to lines of text: what encode was given.",
      "",
      "Padding (0) and the end of a sentence (1) stand for no text."
    },
    mixinStandardHelpOptions = true)
final class DecodeLines extends Job {
  @Mixin private VocabularyOption vocabulary;

  @Override
  protected Map<String, Object> run(Console console) throws Exception {
    Vocabulary known = vocabulary.read();
    SubwordDecoder decoder = new SubwordDecoder(known);
    long lines;
    try (PrintStream out = console.text()) {
      lines =
          StandardInput.read(
              "decode",
              "give numbers of this vocabulary, separated by spaces",
              line -> out.append(decoder.decode(numbers(line))).append('\n'));
    }
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("lines", lines);
    values.put("vocabulary", "sha256:" + known.sha256());
    return values;
  }

  private static int[] numbers(String line) {
    StringTokenizer words = new StringTokenizer(line);
    int[] numbers = new int[words.countTokens()];
    for (int i = 0; i < numbers.length; i++) {
      String word = words.nextToken();
      try {
        numbers[i] = Integer.parseInt(word);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException("'%s' is no number of a subword".formatted(word), e);
      }
    }
    return numbers;
  }
}
