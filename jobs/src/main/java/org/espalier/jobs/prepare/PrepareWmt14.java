package org.espalier.jobs.prepare;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.espalier.base.Reason;
import org.espalier.base.Refusal;
import org.espalier.datasets.Split;
import org.espalier.datasets.prepare.PrepareDataset;
import org.espalier.datasets.prepare.RowGroupSize;
import org.espalier.jobs.shell.Cluster;
import org.espalier.jobs.shell.ClusterSettings;
import org.espalier.jobs.shell.Console;
import org.espalier.jobs.shell.Job;
import org.espalier.jobs.shell.Progress;
import org.espalier.storage.Publication;
import org.espalier.text.subwords.Vocabulary;
import org.espalier.text.subwords.VocabularySearch;
import org.espalier.wmt14.Amount;
import org.espalier.wmt14.CleaningRule;
import org.espalier.wmt14.EncodingProgress;
import org.espalier.wmt14.ParallelFiles;
import org.espalier.wmt14.PreparePairs;
import org.espalier.wmt14.PreparedPairs;
import org.espalier.wmt14.SplitTally;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** WMT14, or any parallel text. */
@Command(
    name = "wmt14",
    description = {
      "WMT14, or any parallel text, as packed pairs of subwords in Parquet.",
      "",
      "Files are UTF-8 with a sentence per line, plain or gzipped, or segments of SGML (.sgm,"
          + " .sgm.gz). A line is what ends in \\n alone, the last one also without; white space at its"
          + " ends is not part of the sentence (a carriage return before \\n, no-break spaces, U+2028"
          + " and tabs among it), and inside it every character is kept. Empty lines count: line N of a"
          + " file belongs to line N of the other. Gzipped files are read from their beginning for"
          + " every shard; unpack large ones.",
      "",
      "Subwords, their vocabulary and the packing are tensor2tensor's. Pairs of the training text are"
          + " packed into rows; those of other splits have a row each and are never cut or dropped. A"
          + " training pair that is longer than a row is dropped; every dropped pair is counted by"
          + " reason."
    },
    mixinStandardHelpOptions = true)
final class PrepareWmt14 extends Job {
  private static final String DEFAULT_MASTER = "local[*]";
  private static final String NAME = "wmt14";

  @Option(
      names = "--source",
      paramLabel = "URI",
      required = true,
      split = ",",
      description = "Sentences to train on; may be repeated, or a list with commas.")
  private List<String> source;

  @Option(
      names = "--target",
      paramLabel = "URI",
      required = true,
      split = ",",
      description = "Their translations, in the same order.")
  private List<String> target;

  @Option(
      names = "--validation-source",
      paramLabel = "URI",
      split = ",",
      description = "Sentences of the split validation (default: no such split).")
  private List<String> validationSource = List.of();

  @Option(
      names = "--validation-target",
      paramLabel = "URI",
      split = ",",
      description = "Their translations.")
  private List<String> validationTarget = List.of();

  @Option(
      names = "--test-source",
      paramLabel = "URI",
      split = ",",
      description = "Sentences of the split test (default: no such split).")
  private List<String> testSource = List.of();

  @Option(
      names = "--test-target",
      paramLabel = "URI",
      split = ",",
      description = "Their translations.")
  private List<String> testTarget = List.of();

  @Option(
      names = "--output",
      paramLabel = "URI",
      required = true,
      description = "Folder of the dataset; it must not exist yet.")
  private String output;

  @Option(
      names = "--vocabulary",
      paramLabel = "URI",
      description =
          "Vocabulary of tensor2tensor, of subwords build, or of another dataset (default: one is built"
              + " of all training text).")
  private String vocabulary;

  @Option(
      names = "--size",
      paramLabel = "N",
      description =
          "About how many subwords a vocabulary has that is built (default: "
              + VocabularySearch.SIZE_DEFAULT
              + ").")
  private Integer size;

  @Option(
      names = "--length",
      paramLabel = "N",
      defaultValue = "" + PreparePairs.LENGTH_DEFAULT,
      description =
          "Most subwords of a side of a row, ends of sentences and gaps included (default:"
              + " ${DEFAULT-VALUE}).")
  private int length;

  @Option(
      names = "--drop-empty",
      description = "Drop training pairs of which a side has no text (default: they are kept).")
  private boolean dropEmpty;

  @Option(
      names = "--max-ratio",
      paramLabel = "R",
      description =
          "Drop training pairs of which a side has more than R times as many words as the other"
              + " (default: they are kept).")
  private Double maxRatio;

  @Option(
      names = "--max-words",
      paramLabel = "N",
      description =
          "Drop training pairs of which a side has more than N words (default: they are kept).")
  private Integer maxWords;

  @Option(
      names = "--shards",
      paramLabel = "N",
      description =
          "Shards of the training split; rows and their order do not depend on it (default: one per"
              + " 262144 pairs, at least 8, at most one per 4096 pairs).")
  private Integer shards;

  @Option(
      names = "--rows-per-group",
      paramLabel = "N",
      defaultValue = "" + PrepareDataset.ROWS_PER_ROW_GROUP_DEFAULT,
      description =
          "Most rows of a Parquet row group, what a worker reads at once (default:"
              + " ${DEFAULT-VALUE}).")
  private int rowsPerGroup;

  @Option(
      names = "--bytes-per-group",
      paramLabel = "N",
      defaultValue = "" + PrepareDataset.BYTES_PER_ROW_GROUP_DEFAULT,
      description =
          "Bytes, before compression, after which a row group ends that has fewer rows (default:"
              + " ${DEFAULT-VALUE}).")
  private long bytesPerGroup;

  @Override
  protected Map<String, Object> run(Console console) throws Exception {
    List<CleaningRule> rules = rules();
    refuseSizeOfKnownVocabulary();
    SparkConf settings = ClusterSettings.of("espalier prepare", options(), DEFAULT_MASTER);
    Configuration hadoop = Cluster.hadoop(settings);
    Publication.rehearse(new Path(output), hadoop);
    Map<String, ParallelFiles> splits = splits(hadoop);
    Vocabulary known = vocabulary == null ? null : readVocabulary(hadoop);
    PreparePairs job = new PreparePairs(NAME, splits, output);
    job.length(length).rules(rules).rowGroups(new RowGroupSize(rowsPerGroup, bytesPerGroup));
    if (known != null) {
      job.vocabulary(known);
    }
    if (size != null) {
      job.size(size);
    }
    if (shards != null) {
      job.shards(shards);
    }
    try (Cluster cluster = Cluster.forFiles(settings)) {
      Progress progress = console.progress("shard");
      PreparedPairs prepared =
          job.notes(console::note)
              .progress(state -> progress.at(state.shards(), state.of(), rate(state)))
              .run(cluster.spark());
      progress.done();
      return report(console, prepared);
    }
  }

  private List<CleaningRule> rules() {
    List<CleaningRule> rules = new ArrayList<>();
    if (dropEmpty) {
      rules.add(new CleaningRule.Empty());
    }
    if (maxWords != null) {
      rules.add(new CleaningRule.Words(maxWords));
    }
    if (maxRatio != null) {
      rules.add(new CleaningRule.Ratio(maxRatio));
    }
    return rules;
  }

  private void refuseSizeOfKnownVocabulary() {
    if (vocabulary != null && size != null) {
      throw new Refusal(
          "Cannot use --size %d with --vocabulary %s: a vocabulary that is there has its size; leave one of them away."
              .formatted(size, vocabulary));
    }
  }

  private Map<String, ParallelFiles> splits(Configuration hadoop) {
    Map<String, ParallelFiles> splits = new TreeMap<>();
    splits.put(Split.TRAIN, ParallelFiles.open(source, target, hadoop));
    if (!validationSource.isEmpty() || !validationTarget.isEmpty()) {
      splits.put(Split.VALIDATION, ParallelFiles.open(validationSource, validationTarget, hadoop));
    }
    if (!testSource.isEmpty() || !testTarget.isEmpty()) {
      splits.put(Split.TEST, ParallelFiles.open(testSource, testTarget, hadoop));
    }
    return splits;
  }

  private Vocabulary readVocabulary(Configuration hadoop) {
    Path path = new Path(vocabulary);
    try (InputStream in = path.getFileSystem(hadoop).open(path)) {
      return Vocabulary.parse(in.readAllBytes(), vocabulary);
    } catch (FileNotFoundException e) {
      throw new Refusal(
          "Cannot read the vocabulary %s: there is no such file; check the path."
              .formatted(vocabulary),
          e);
    } catch (IOException e) {
      throw new Refusal(
          "Cannot read the vocabulary %s: %s; check the path.".formatted(vocabulary, Reason.of(e)),
          e);
    }
  }

  private static String rate(EncodingProgress.State state) {
    return String.format(
        Locale.ROOT, "%.0f sentences/s", 2 * state.pairs() / Math.max(1e-3, state.seconds()));
  }

  private Map<String, Object> report(Console console, PreparedPairs prepared) {
    Map<String, Object> rows = new LinkedHashMap<>();
    Map<String, Object> splits = new LinkedHashMap<>();
    prepared
        .tallies()
        .forEach(
            (split, tally) -> {
              console.result(line(split, tally));
              rows.put(split, tally.rows());
              splits.put(split, values(tally));
            });
    String hash = prepared.manifest().hash();
    console.result(
        "prepared: %s rows=%s subwords=%d output=%s hash=sha256:%s"
            .formatted(
                prepared.manifest().name(), rows, prepared.vocabulary().size(), output, hash));
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("dataset", prepared.manifest().name());
    values.put("output", output);
    values.put("rows", rows);
    values.put("splits", splits);
    values.put("subwords", prepared.vocabulary().size());
    values.put("vocabulary", "sha256:" + prepared.vocabulary().sha256());
    values.put("hash", "sha256:" + hash);
    return values;
  }

  private static String line(String split, SplitTally tally) {
    StringBuilder line =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "%s: %d of %d pairs in %d rows, %d source and %d target subwords",
                split,
                tally.kept().pairs(),
                tally.read().pairs(),
                tally.rows(),
                tally.kept().source(),
                tally.kept().target()));
    if (split.equals(Split.TRAIN)) {
      line.append(String.format(Locale.ROOT, ", %.1f %% padding", 100 * tally.padding()));
    }
    tally
        .dropped()
        .forEach(
            (reason, amount) ->
                line.append(
                    ", dropped by %s: %d pairs of %d subwords"
                        .formatted(reason, amount.pairs(), amount.subwords())));
    return line.toString();
  }

  private static Map<String, Object> values(SplitTally tally) {
    Map<String, Object> dropped = new LinkedHashMap<>();
    tally.dropped().forEach((reason, amount) -> dropped.put(reason, values(amount)));
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("read", values(tally.read()));
    values.put("kept", values(tally.kept()));
    values.put("dropped", dropped);
    values.put("rows", tally.rows());
    values.put("padding", tally.padding());
    return values;
  }

  private static Map<String, Object> values(Amount amount) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("pairs", amount.pairs());
    values.put("sourceSubwords", amount.source());
    values.put("targetSubwords", amount.target());
    return values;
  }
}
