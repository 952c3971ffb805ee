package org.espalier.datasets.source;

import java.io.IOException;
import org.espalier.datasets.rows.Row;

/** Takes the rows that a source reads. */
@FunctionalInterface
public interface RowSink {
  /** Takes one row; its values may be used again after the call. */
  void accept(Row row) throws IOException;
}
