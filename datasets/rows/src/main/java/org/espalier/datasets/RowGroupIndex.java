package org.espalier.datasets;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * Where the rows of a split lie. Rows are numbered 0 ... N-1 as they are stored (shard after shard,
 * row group after row group), row groups likewise 0 ... G-1 over all shards.
 */
public final class RowGroupIndex implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int[] shards;
  private final int[] firstGroupOfShard;
  private final long[] firstRows;

  /** The index of {@code split}. */
  public RowGroupIndex(Split split) {
    List<Shard> parts = split.shards();
    int groups = parts.stream().mapToInt(shard -> shard.rowGroups().size()).sum();
    shards = new int[groups];
    firstGroupOfShard = new int[parts.size()];
    firstRows = new long[groups + 1];
    int group = 0;
    for (int shard = 0; shard < parts.size(); shard++) {
      firstGroupOfShard[shard] = group;
      for (int rows : parts.get(shard).rowGroups()) {
        shards[group] = shard;
        firstRows[group + 1] = firstRows[group] + rows;
        group++;
      }
    }
  }

  /** How many row groups the split has. */
  public int groups() {
    return shards.length;
  }

  /** How many rows the split has. */
  public long rows() {
    return firstRows[shards.length];
  }

  /** The number of the row group that holds {@code row}. */
  public int groupOf(long row) {
    if (row < 0 || row >= rows()) {
      throw new IndexOutOfBoundsException("There is no row " + row + " in a split of " + rows());
    }
    int found = Arrays.binarySearch(firstRows, row);
    return found >= 0 ? found : -found - 2;
  }

  /** The first row of a row group; of {@code groups()}, the number of rows. */
  public long firstRow(int group) {
    return firstRows[group];
  }

  /** The rows in a row group. */
  public int rowsIn(int group) {
    return (int) (firstRows[group + 1] - firstRows[group]);
  }

  /** The shard that holds a row group, counted from 0. */
  public int shardOf(int group) {
    return shards[group];
  }

  /** The place of a row group inside its shard, counted from 0. */
  public int placeInShard(int group) {
    return group - firstGroupOfShard[shards[group]];
  }
}
