package org.espalier.averaging.parts;

import java.io.IOException;
import java.util.List;

/**
 * Parameters and optimiser state of a run between two rounds, which stay as they are while training
 * goes on. To be closed when nobody needs them any more, and before the training ends.
 */
public interface HeldVector extends AutoCloseable {
  /** Number of values. */
  int length();

  /**
   * Writes all values, from wherever they lie.
   *
   * @return the parts, which cover the vector
   * @throws IOException if they cannot be written, or are not to be had any more
   */
  List<VectorPart> write(PartsFolder folder) throws IOException;

  @Override
  void close();
}
