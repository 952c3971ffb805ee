package org.espalier.tasks.translation;

import java.util.Optional;
import java.util.OptionalInt;
import org.espalier.base.Refusal;
import org.espalier.base.settings.Key;
import org.espalier.base.settings.Keys;
import org.espalier.base.settings.Settings;
import org.espalier.base.settings.ValueKind;
import org.espalier.datasets.Dataset;
import org.espalier.datasets.SentencePairs;
import org.espalier.datasets.rows.RowKind;
import org.espalier.engine.replica.Judge;
import org.espalier.tasks.MinibatchDecoder;
import org.espalier.tasks.SplitSums;
import org.espalier.tasks.Task;
import org.espalier.tasks.TrainingKeys;

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

  private static final int EVALUATED_TOKENS = 2048;

  @Override
  public Keys keys() {
    return Keys.of(BATCH_TOKENS);
  }

  @Override
  public SentencePairs rows(Dataset data) {
    return SentencePairs.of(data);
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
