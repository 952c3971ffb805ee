package org.espalier.tasks.translation;

import org.espalier.datasets.batch.BatchRows;
import org.espalier.tasks.MinibatchDecoder;

/**
 * Turns rows of sentence pairs into what a network takes.
 *
 * @param batch the most rows of a batch
 * @param length the most subwords of a side of a row
 */
record SentenceDecoder(int batch, int length) implements MinibatchDecoder<SentenceArrays> {
  private static final long serialVersionUID = 1L;

  @Override
  public SentenceArrays allocate() {
    return new SentenceArrays(batch, length);
  }

  @Override
  public void decode(BatchRows rows, SentenceArrays into) {
    into.fill(rows);
  }

  @Override
  public void free(SentenceArrays arrays) {
    arrays.close();
  }

  @Override
  public long bytes() {
    return SentenceArrays.values(batch, length) * Float.BYTES;
  }
}
