package org.espalier.datasets.source;

import java.io.IOException;

/** Takes the rows that a source reads. */
@FunctionalInterface
public interface RowSink {
  /**
   * Takes one row.
   *
   * @param pixels {@code [channels, height, width]}, unsigned; valid only during the call
   * @param label 0 ... classes-1
   */
  void accept(byte[] pixels, int label) throws IOException;
}
