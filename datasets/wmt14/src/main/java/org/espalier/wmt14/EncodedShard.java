package org.espalier.wmt14;

import java.io.Serializable;
import java.util.Optional;
import org.espalier.datasets.Shard;

/**
 * A shard that an attempt wrote to a file of its own.
 *
 * @param attempt the file
 * @param shard the same under the attempt's name, null if every pair was dropped
 * @param tooLong the longest pair that no row holds, null if every pair fits
 */
record EncodedShard(TextShard task, String attempt, Shard shard, SplitTally tally, TooLong tooLong)
    implements Serializable {

  /**
   * A pair that no row holds.
   *
   * @param pair its number in the split
   * @param subwords of its longer side
   */
  record TooLong(long pair, int subwords) implements Serializable {}

  /** The shard at its place in the dataset, none if every pair was dropped. */
  Optional<Shard> at(String path) {
    return Optional.ofNullable(shard)
        .map(found -> new Shard(path, found.bytes(), found.sha256(), found.rowGroups()));
  }

  Optional<TooLong> longestTooLong() {
    return Optional.ofNullable(tooLong);
  }
}
