package org.espalier.datasets.prepare;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.espalier.datasets.DatasetLayout;
import org.espalier.datasets.RowRange;
import org.espalier.datasets.Split;

/** The rows that become one shard. */
record ShardTask(String split, String path, RowRange rows) implements Serializable {

  /**
   * All shards of all splits. The training split gets {@code trainShards}; every other split as
   * many as make its shards about as long, rounded, at least 1.
   */
  static List<ShardTask> plan(SortedMap<String, Long> rows, int trainShards) {
    double rowsPerShard = (double) rows.get(Split.TRAIN) / trainShards;
    List<ShardTask> tasks = new ArrayList<>();
    for (Map.Entry<String, Long> split : rows.entrySet()) {
      long number = split.getValue();
      int shards =
          split.getKey().equals(Split.TRAIN)
              ? trainShards
              : (int) Math.min(number, Math.max(1, Math.round(number / rowsPerShard)));
      for (int shard = 0; shard < shards; shard++) {
        tasks.add(
            new ShardTask(
                split.getKey(),
                DatasetLayout.shard(split.getKey(), shard),
                RowRange.share(number, shard, shards)));
      }
    }
    return tasks;
  }
}
