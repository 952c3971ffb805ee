package org.espalier.datasets.shards;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.espalier.datasets.Dataset;
import org.espalier.datasets.RowGroupIndex;
import org.espalier.datasets.Split;
import org.espalier.datasets.rows.RowKind;
import org.espalier.datasets.rows.Rows;

/** The row groups of a split, read through a cache. */
public final class SplitRows {
  private final Dataset dataset;
  private final String name;
  private final Split split;
  private final RowGroupIndex index;
  private final RowGroupCache cache;
  private final RowGroupReader reader;

  /**
   * The rows of the split {@code name}, which are of this kind.
   *
   * @throws org.espalier.base.Refusal if the dataset has no split of that name
   */
  public SplitRows(
      Dataset dataset, String name, RowKind kind, RowGroupCache cache, Configuration hadoop) {
    this.dataset = dataset;
    this.name = name;
    this.split = dataset.split(name);
    this.index = new RowGroupIndex(split);
    this.cache = cache;
    this.reader = new RowGroupReader(dataset, kind, hadoop);
  }

  /** Where which row lies. */
  public RowGroupIndex index() {
    return index;
  }

  /**
   * A row group.
   *
   * @param group counted from 0 within the split
   * @throws UnreadableShardException if its shard is missing or damaged
   */
  public Rows group(int group) throws IOException {
    RowGroupKey key = new RowGroupKey(dataset.root(), dataset.hash(), name, group);
    return cache.rows(
        key,
        () -> reader.read(split.shards().get(index.shardOf(group)), index.placeInShard(group)));
  }
}
