package org.espalier.datasets.stream;

import java.io.IOException;
import org.espalier.datasets.batch.BatchRows;

/**
 * Turns rows into what a network takes. Called by several threads at once, each with a buffer of
 * its own; what it decodes is a function of the rows and their addresses alone.
 *
 * @param <B> the buffer of one batch
 */
public interface BatchDecoder<B> {
  /** A buffer for one batch of the most rows that a batch has. */
  B allocate();

  /** Fills a buffer with a batch, whatever it held before. */
  void decode(BatchRows rows, B into) throws IOException;

  /** Frees a buffer, which is not used again; called exactly once for each. */
  void free(B buffer);

  /** The memory that one buffer takes. */
  long bytes();
}
