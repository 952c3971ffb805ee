package org.espalier.tasks.translation;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.espalier.base.Refusal;
import org.espalier.base.settings.Key;
import org.espalier.base.settings.Keys;
import org.espalier.base.settings.Settings;
import org.espalier.base.settings.ValueKind;
import org.espalier.datasets.Dataset;
import org.espalier.datasets.DatasetLayout;
import org.espalier.datasets.SentencePairs;
import org.espalier.datasets.VocabularyFile;
import org.espalier.datasets.rows.RowKind;
import org.espalier.engine.replica.Judge;
import org.espalier.tasks.MinibatchDecoder;
import org.espalier.tasks.SplitSums;
import org.espalier.tasks.Task;
import org.espalier.tasks.TrainingKeys;
import org.espalier.tasks.translation.search.Beam;

/**
 * The task of translating sentences, given as pairs of subwords packed into rows. Features are both
 * sides of the pairs, each `[batch, 3, length]` with ids, segments and positions; a network shifts
 * the target itself. Labels are the target's ids `[batch, length]`, -1 in gaps. Padding is a gap. A
 * side of a batch is as long as its longest row.
 */
public final class Translation implements Task {
  /** Token slots of one worker's batch; 0 where {@link TrainingKeys#BATCH} counts rows. */
  public static final Key<Integer> BATCH_TOKENS =
      Key.of(
          "batchTokens",
          ValueKind.smallNumber(0),
          "0",
          "token slots of a side per step of ONE worker, a multiple of the rows' length; 0: batch counts rows");

  /** Hypotheses of the search by which a trained network translates the test split. */
  public static final Key<Integer> BEAM =
      Key.of(
          "evaluation.beam",
          ValueKind.smallNumber(0, Beam.WIDEST),
          "4",
          "hypotheses of the beam search that translates the test split for BLEU; 0: no BLEU");

  /** The power of the search's length penalty. */
  public static final Key<Double> LENGTH_PENALTY =
      Key.of(
          "evaluation.lengthPenalty",
          ValueKind.number("of at least 0", penalty -> penalty >= 0 && penalty < 1e3),
          "0.6",
          "power of ((5 + length) / 6) that divides the logarithm of a translation's probability");

  /** How many sentences of the test split are translated. */
  public static final Key<Integer> SENTENCES =
      Key.of(
          "evaluation.sentences",
          ValueKind.smallNumber(1),
          "10000",
          "sentences of the test split that are translated at most, the first ones");

  /** The manifest of the dataset that a network was trained on, in the run's folder. */
  public static final String DATASET = "dataset.json";

  private static final int EVALUATED_TOKENS = 2048;

  @Override
  public Keys keys() {
    return Keys.of(BATCH_TOKENS, BEAM, LENGTH_PENALTY, SENTENCES);
  }

  /** The search that settings ask for, if they ask for one. */
  public static Optional<Beam> beam(Settings settings) {
    int width = settings.value(BEAM);
    return width == 0
        ? Optional.empty()
        : Optional.of(new Beam(width, settings.value(LENGTH_PENALTY), Beam.PAPER.extra()));
  }

  @Override
  public SentencePairs rows(Dataset data, Settings settings) {
    return SentencePairs.of(data);
  }

  /** The vocabulary, and the manifest that says which it is and how long rows are. */
  @Override
  public SortedMap<String, byte[]> kept(Dataset data, Configuration hadoop) {
    SortedMap<String, byte[]> kept = new TreeMap<>();
    kept.put(DatasetLayout.VOCABULARY, VocabularyFile.of(data, hadoop).content());
    kept.put(DATASET, data.manifest().json().getBytes(StandardCharsets.UTF_8));
    return kept;
  }

  @Override
  public OptionalInt rowsPerWorker(RowKind rows, Settings settings) {
    int tokens = settings.value(BATCH_TOKENS);
    if (tokens == 0) {
      return OptionalInt.empty();
    }
    int length = ((SentencePairs) rows).length();
    if (tokens % length != 0) {
      throw new Refusal(
          "Cannot take batches of %d token slots per worker from rows of %d: %s must be a multiple of the rows' length, such as %d."
              .formatted(
                  tokens,
                  length,
                  BATCH_TOKENS.path(),
                  Math.max(1, Math.round((double) tokens / length)) * length));
    }
    if (!settings.isDefault(TrainingKeys.BATCH)) {
      throw new Refusal(
          "Cannot take batches of %s = %d and of %s = %d token slots per worker at once: set one of them, and %s = 0 to count rows."
              .formatted(
                  TrainingKeys.BATCH.path(),
                  settings.value(TrainingKeys.BATCH),
                  BATCH_TOKENS.path(),
                  tokens,
                  BATCH_TOKENS.path()));
    }
    return OptionalInt.of(tokens / length);
  }

  @Override
  public String batch(RowKind rows, int workers, int each) {
    int length = ((SentencePairs) rows).length();
    long slots = (long) each * length;
    return "%d workers x %d rows of %d token slots a side (%d per worker, %d in all)"
        .formatted(workers, each, length, slots, workers * slots);
  }

  /** As many rows as have some {@value #EVALUATED_TOKENS} token slots, at least one. */
  @Override
  public int evaluationBatch(RowKind rows) {
    return Math.max(1, EVALUATED_TOKENS / ((SentencePairs) rows).length());
  }

  @Override
  public MinibatchDecoder<?> decoder(
      RowKind rows, Settings settings, Optional<SplitSums> sums, int batch) {
    return new SentenceDecoder(batch, ((SentencePairs) rows).length());
  }

  @Override
  public Judge judge() {
    return new TokenJudge();
  }
}
