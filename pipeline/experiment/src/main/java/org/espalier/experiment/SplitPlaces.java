package org.espalier.experiment;

import org.espalier.datasets.Shard;
import org.espalier.datasets.Split;

/** The places of a split's rows in its files. */
record SplitPlaces(Split split) {

  /**
   * A row's place.
   *
   * @param file relative to the dataset's folder
   * @param row its number in the file, counted from 0
   */
  record Place(String file, long row) {}

  /** The place of the row of this number in the split. */
  Place of(long number) {
    long left = number;
    for (Shard shard : split.shards()) {
      if (left < shard.rows()) {
        return new Place(shard.path(), left);
      }
      left -= shard.rows();
    }
    throw new IndexOutOfBoundsException(
        "There is no row " + number + " in a split of " + split.rows());
  }
}
