package org.espalier.jobs.translation;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.apache.spark.SparkConf;
import org.espalier.base.Refusal;
import org.espalier.experiment.StoredRun;
import org.espalier.experiment.TrainedTranslator;
import org.espalier.jobs.shell.Cluster;
import org.espalier.jobs.shell.ClusterSettings;
import org.espalier.jobs.shell.CommandRunner;
import org.espalier.jobs.shell.Console;
import org.espalier.jobs.shell.Job;
import org.espalier.tasks.translation.search.Beam;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Text in, text out, by the network of a finished run. */
@Command(
    name = "translate",
    description = {
      "Translates lines of text by the network and the vocabulary of a finished run.",
      "",
      "A line is a sentence, and gives a line: an empty one an empty one. A line of more subwords"
          + " than a row of the run's data is refused before anything is translated."
    },
    mixinStandardHelpOptions = true)
public final class Translate extends Job {
  private static final String DEFAULT_MASTER = "local[*]";

  @Option(
      names = "--run",
      paramLabel = "URI",
      required = true,
      description = "The folder of a finished run.")
  private String run;

  @Option(
      names = "--input",
      paramLabel = "FILE",
      description = "Lines in UTF-8; plain, or *.gz (default: standard input).")
  private Path input;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description =
          "File for the translations, which must not exist yet (default: standard output).")
  private Path output;

  @Option(
      names = "--beam",
      paramLabel = "N",
      defaultValue = "4",
      description =
          "Hypotheses that are kept from subword to subword; 1 takes the likeliest subword every"
              + " time (default: ${DEFAULT-VALUE}).")
  private int beam;

  @Option(
      names = "--length-penalty",
      paramLabel = "A",
      defaultValue = "0.6",
      description =
          "Power of ((5 + length) / 6), by which the logarithm of a translation's probability is"
              + " divided (default: ${DEFAULT-VALUE}).")
  private double lengthPenalty;

  @Option(
      names = "--threshold",
      paramLabel = "X",
      description = "Limit of log alpha, for a run by variational dropout.")
  private Double threshold;

  /** Starts the job by itself, for {@code spark-submit --class}. */
  public static void main(String[] arguments) {
    CommandRunner.exit(new Translate(), arguments);
  }

  @Override
  protected Map<String, Object> run(Console console) throws Exception {
    Beam search = new Beam(beam, lengthPenalty, Beam.PAPER.extra());
    if (output != null) {
      NewTextFile.requireAbsent(output);
    }
    SparkConf settings = ClusterSettings.of("espalier translate", options(), DEFAULT_MASTER);
    TrainedTranslator translator =
        StoredRun.in(new org.apache.hadoop.fs.Path(run), Cluster.hadoop(settings))
            .translator(threshold == null ? OptionalDouble.empty() : OptionalDouble.of(threshold));
    List<int[]> sentences = translator.encode(lines());
    Cluster.prepareArithmetic(settings, console);
    List<String> translations;
    try (Cluster cluster = Cluster.forTraining(settings)) {
      translations = translator.translate(cluster.spark(), sentences, search);
    }
    write(translations, console);
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("sentences", translations.size());
    values.put("search", search.toString());
    if (output != null) {
      values.put("output", output.toString());
    }
    return values;
  }

  private List<String> lines() throws IOException {
    List<String> lines =
        input == null ? TextLines.of(System.in, "standard input") : TextLines.of(input);
    if (lines.isEmpty()) {
      throw new Refusal(
          "Cannot translate %s: it is empty; give a sentence per line."
              .formatted(input == null ? "standard input" : input));
    }
    return lines;
  }

  private void write(List<String> translations, Console console) throws IOException {
    if (output != null) {
      NewTextFile.write(output, translations);
      console.note("translations: " + output);
      return;
    }
    try (PrintStream out = console.text()) {
      translations.forEach(translation -> out.append(translation).append('\n'));
    }
  }
}
