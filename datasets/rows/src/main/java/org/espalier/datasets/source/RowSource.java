package org.espalier.datasets.source;

import java.io.IOException;
import java.io.Serializable;
import java.util.SortedMap;
import org.apache.hadoop.conf.Configuration;
import org.espalier.datasets.RowRange;
import org.espalier.datasets.rows.RowKind;

/**
 * Rows that can be read by range, from any executor and as often as needed, always with the same
 * bytes. Whoever creates a source has checked its input completely.
 */
public interface RowSource extends Serializable {

  /** What the dataset is called, for example {@code mnist}. */
  String name();

  /** What the rows are. */
  RowKind kind();

  /** The number of rows of each split, by the split's name. */
  SortedMap<String, Long> rows();

  /**
   * Hands the rows of {@code range}, in order, to {@code sink}.
   *
   * @throws IOException if the input cannot be read, or the sink throws it
   */
  void read(String split, RowRange range, Configuration hadoop, RowSink sink) throws IOException;
}
