package org.espalier.wmt14;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.espalier.base.Refusal;
import org.espalier.datasets.DatasetManifest;
import org.espalier.datasets.SentencePairs;
import org.espalier.datasets.Split;
import org.espalier.datasets.prepare.PrepareDataset;
import org.espalier.datasets.prepare.RowGroupSize;
import org.espalier.datasets.prepare.TaskJob;
import org.espalier.storage.Publication;
import org.espalier.text.subwords.Vocabulary;
import org.espalier.text.subwords.VocabularySearch;

/**
 * Turns parallel text into a dataset of {@link SentencePairs}: Spark jobs read the text once to
 * check it, count its tokens where a vocabulary is to be built, and write a shard per task. No text
 * comes to the driver, and a task holds a row group and a few rows of it.
 *
 * <p>A sentence is a line without white space at its ends, and its subwords end with {@link
 * Vocabulary#END_OF_SENTENCE}. Pairs of the training text are packed as tensor2tensor packs them;
 * the other splits have a pair per row. The same text and options give the same bytes, whatever
 * cluster runs the job and however often its tasks are retried, and the same rows in the same order
 * for any number of shards.
 */
public final class PreparePairs {
  /** The most subwords of a side of a row unless told otherwise. */
  public static final int LENGTH_DEFAULT = 256;

  private static final long BYTES_PER_RANGE = 32L << 20;

  private final String name;
  private final SortedMap<String, ParallelFiles> splits;
  private final Path output;
  private Vocabulary vocabulary;
  private int size = VocabularySearch.SIZE_DEFAULT;
  private int length = LENGTH_DEFAULT;
  private OptionalInt shards = OptionalInt.empty();
  private List<CleaningRule> rules = List.of();
  private RowGroupSize rowGroups =
      new RowGroupSize(
          PrepareDataset.ROWS_PER_ROW_GROUP_DEFAULT, PrepareDataset.BYTES_PER_ROW_GROUP_DEFAULT);
  private long bytesPerRange = BYTES_PER_RANGE;
  private EncodingProgress progress = state -> {};
  private Consumer<String> notes = note -> {};

  /**
   * Prepares text as the folder {@code output}, a URI of any Hadoop file system.
   *
   * @param name of the dataset, for example {@code wmt14}
   * @param splits the files of each split, {@link Split#TRAIN} among them
   */
  public PreparePairs(String name, Map<String, ParallelFiles> splits, String output) {
    this.name = name;
    this.splits = new TreeMap<>(splits);
    this.output = new Path(output);
  }

  /** The vocabulary to encode by; without one it is built of the training text. */
  public PreparePairs vocabulary(Vocabulary known) {
    vocabulary = known;
    return this;
  }

  /** The size of a vocabulary that is built, at least 1, by default {@code 32768}. */
  public PreparePairs size(int subwords) {
    VocabularySearch.requireSize(subwords);
    size = subwords;
    return this;
  }

  /**
   * The most subwords of a side of a row, at least 1, by default {@value #LENGTH_DEFAULT}. Pairs of
   * the training text that have more are dropped and counted; such a pair of another split is
   * refused, since a test set that lacks sentences is another one.
   */
  public PreparePairs length(int subwords) {
    if (subwords < 1) {
      throw new Refusal(
          "Cannot pack pairs into rows of %d subwords: it must be at least 1; %d is usual."
              .formatted(subwords, LENGTH_DEFAULT));
    }
    length = subwords;
    return this;
  }

  /**
   * Shards of the training split, at least 1; by default one for each 262,144 pairs and 8 at least,
   * as far as there are blocks of 4,096 pairs for them. Other splits get as many as make theirs
   * about as long.
   */
  public PreparePairs shards(int number) {
    if (number < 1) {
      throw new Refusal(
          "Cannot prepare %s as %d shards: there must be at least 1.".formatted(name, number));
    }
    shards = OptionalInt.of(number);
    return this;
  }

  /** Rules by which pairs of the training text are dropped, by default none. */
  public PreparePairs rules(List<CleaningRule> cleaning) {
    rules = List.copyOf(cleaning);
    return this;
  }

  /** Where row groups end: see {@link PrepareDataset#rowsPerRowGroup}. */
  public PreparePairs rowGroups(RowGroupSize bounds) {
    bounds.refuseImpossible(name);
    rowGroups = bounds;
    return this;
  }

  /** Who is told when a shard is done. */
  public PreparePairs progress(EncodingProgress listener) {
    progress = listener;
    return this;
  }

  /** Who is told what a person may want to know, a sentence at a time. */
  public PreparePairs notes(Consumer<String> listener) {
    notes = listener;
    return this;
  }

  /** Bytes of the ranges of plain files that tasks read, for tests: no result depends on it. */
  PreparePairs bytesPerRange(long bytes) {
    bytesPerRange = bytes;
    return this;
  }

  /**
   * Runs the jobs.
   *
   * @throws Refusal if the output exists or cannot be written, the text is not what it has to be, a
   *     pair of another split than training is longer than a row, or no pair is left for training
   * @throws IOException if a job fails; then nothing is left at the output
   */
  public PreparedPairs run(JavaSparkContext spark) throws IOException {
    Configuration hadoop = spark.hadoopConfiguration();
    Publication.rehearse(output, hadoop);
    SortedMap<String, ParallelText> texts = new TextScan(spark, bytesPerRange).run(splits);
    SortedMap<String, List<TextShard>> plans = new ShardPlan(name, shards).of(texts);
    Vocabulary known = vocabulary == null ? build(spark) : vocabulary;
    SentencePairs kind = new SentencePairs(length, known.size(), known.sha256());
    EncodingOptions options = new EncodingOptions(kind, rules, rowGroups);
    ShardMeter meter = new ShardMeter(progress);
    plans.values().forEach(plan -> meter.expect(plan.size()));
    Broadcast<byte[]> shared = spark.broadcast(known.file());
    try (PairPublication publication = new PairPublication(output, hadoop)) {
      SortedMap<String, SplitTally> tallies = new TreeMap<>();
      // What may be refused comes before the long work.
      for (String split : heldOutFirst()) {
        EncodeTask task =
            new EncodeTask(texts.get(split), options, shared, publication.attempts().toString());
        List<EncodedShard> encoded =
            new TaskJob<TextShard, EncodedShard>(spark, "prepare " + name, task::write)
                .listener(shard -> meter.done(shard.tally()))
                .run(plans.get(split));
        if (!split.equals(Split.TRAIN)) {
          refuseTooLong(split, encoded, texts.get(split));
        }
        if (!publication.adopt(split, encoded)) {
          throw nothingLeft();
        }
        tallies.put(
            split,
            encoded.stream().map(EncodedShard::tally).reduce(SplitTally.NONE, SplitTally::plus));
      }
      DatasetManifest manifest = publication.publish(name, kind, known);
      return new PreparedPairs(manifest, known, tallies);
    } finally {
      shared.destroy();
    }
  }

  private Vocabulary build(JavaSparkContext spark) throws IOException {
    Map<String, Long> counts =
        new TokenCounting(spark, bytesPerRange).count(splits.get(Split.TRAIN));
    Vocabulary built = VocabularySearch.of(counts, size);
    notes.accept(
        "vocabulary: %d subwords for the %d wanted, of %d different tokens"
            .formatted(built.size(), size, counts.size()));
    return built;
  }

  private List<String> heldOutFirst() {
    List<String> order =
        new ArrayList<>(
            splits.keySet().stream().filter(split -> !split.equals(Split.TRAIN)).toList());
    order.add(Split.TRAIN);
    return order;
  }

  private void refuseTooLong(String split, List<EncodedShard> encoded, ParallelText text) {
    Optional<EncodedShard.TooLong> longest =
        encoded.stream()
            .flatMap(shard -> shard.longestTooLong().stream())
            .max(Comparator.comparingInt(EncodedShard.TooLong::subwords));
    if (longest.isPresent()) {
      throw new Refusal(
          "Cannot prepare the split %s: a side of a row has at most %d subwords, and the longest pair, %s, has %d; give a --length of at least %d, or remove the pair."
              .formatted(
                  split,
                  length,
                  text.place(longest.get().pair()),
                  longest.get().subwords(),
                  longest.get().subwords()));
    }
  }

  private Refusal nothingLeft() {
    return new Refusal(
        "Cannot prepare %s: every pair of its training text was dropped; loosen the rules for dropping pairs, or give a larger --length than %d."
            .formatted(name, length));
  }
}
