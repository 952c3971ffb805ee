package org.espalier.imagenet;

import java.io.Serializable;
import java.util.List;
import org.espalier.datasets.Shard;

/**
 * A shard that was written, in the working folder until the dataset is published.
 *
 * @param fingerprint of what it was made of ({@link ListedShard})
 * @param options with which, for people
 * @param name of its files in the working folder, without ending
 * @param bytes of the Parquet file
 * @param sha256 of the Parquet file
 * @param rowGroups rows of each, none if all files were rejected
 * @param files that it was made of
 * @param inputBytes of them
 */
record FinishedShard(
    String fingerprint,
    String options,
    String name,
    long bytes,
    String sha256,
    List<Integer> rowGroups,
    long files,
    long inputBytes)
    implements Serializable {

  FinishedShard {
    rowGroups = List.copyOf(rowGroups);
  }

  boolean isEmpty() {
    return rowGroups.isEmpty();
  }

  long rows() {
    return rowGroups.stream().mapToLong(Integer::longValue).sum();
  }

  long rejected() {
    return files - rows();
  }

  Shard shard(String path) {
    return new Shard(path, bytes, sha256, rowGroups);
  }
}
