package org.espalier.datasets.source;

import java.io.IOException;
import java.io.Serializable;
import java.util.SortedMap;
import org.apache.hadoop.conf.Configuration;
import org.espalier.datasets.ImageShape;
import org.espalier.datasets.RowRange;

/**
 * Labelled images that can be read by row range, from any executor and as often as needed, always
 * with the same bytes. Whoever creates a source has checked its input completely.
 */
public interface ImageSource extends Serializable {

  /** What the dataset is called, for example {@code mnist}. */
  String name();

  /** The shape of every image. */
  ImageShape image();

  /** How many classes there are; labels are 0 ... classes-1. */
  int classes();

  /** The number of rows of each split, by the split's name. */
  SortedMap<String, Long> rows();

  /**
   * Hands the rows of {@code range}, in order, to {@code sink}.
   *
   * @throws IOException if the input cannot be read, or the sink throws it
   */
  void read(String split, RowRange range, Configuration hadoop, RowSink sink) throws IOException;
}
