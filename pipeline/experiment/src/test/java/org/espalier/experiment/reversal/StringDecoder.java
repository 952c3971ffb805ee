package org.espalier.experiment.reversal;

import org.espalier.datasets.batch.BatchRows;
import org.espalier.tasks.MinibatchDecoder;

/**
 * Turns strings into tokens and their reversal.
 *
 * @param batch most strings of a batch
 */
record StringDecoder(int batch, DigitStrings strings) implements MinibatchDecoder<StringArrays> {
  @Override
  public StringArrays allocate() {
    return new StringArrays(batch, strings.longest());
  }

  @Override
  public void decode(BatchRows rows, StringArrays into) {
    into.fill(rows);
  }

  @Override
  public void free(StringArrays arrays) {
    arrays.close();
  }

  @Override
  public long bytes() {
    return 2L * Float.BYTES * batch * strings.longest();
  }
}
