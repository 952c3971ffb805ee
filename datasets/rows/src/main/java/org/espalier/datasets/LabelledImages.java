package org.espalier.datasets;

import java.util.List;
import java.util.Optional;
import org.espalier.datasets.rows.RowKind;
import org.espalier.datasets.rows.Rows;

/** Images of one shape, each of which belongs to one class, as a network takes them. */
public interface LabelledImages extends RowKind {
  /** The shape of every image, as it is seen. */
  ImageShape shape();

  /** How many classes there are; labels are 0 ... classes-1. */
  int classes();

  /** The names of the classes, in the order of their labels; empty where they have none. */
  List<String> names();

  /** The name of a row's file, where rows have one. */
  default Optional<String> file(Rows rows, int row) {
    return Optional.empty();
  }
}
