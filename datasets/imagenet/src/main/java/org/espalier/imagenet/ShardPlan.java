package org.espalier.imagenet;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.Partitioner;

/** The cut into shards: the shards of all splits are numbered through, a partition for each. */
final class ShardPlan extends Partitioner {
  private static final long serialVersionUID = 1L;
  private static final int FEWEST = 8;

  private final TreeMap<String, Integer> shards;

  private ShardPlan(Map<String, Integer> shards) {
    this.shards = new TreeMap<>(shards);
  }

  /**
   * As many shards for a split as its files fill.
   *
   * @param bytesPerShard of files
   */
  static ShardPlan byBytes(SortedMap<String, ListedTotals> totals, long bytesPerShard) {
    Map<String, Integer> shards = new TreeMap<>();
    totals.forEach(
        (split, total) -> {
          long filled = (total.bytes() + bytesPerShard - 1) / bytesPerShard;
          shards.put(split, (int) Math.min(total.files(), Math.max(FEWEST, filled)));
        });
    return new ShardPlan(shards);
  }

  /** A number of shards for one split, and for others as many as make theirs about as long. */
  static ShardPlan byNumber(SortedMap<String, ListedTotals> totals, String split, int number) {
    double filesPerShard = (double) totals.get(split).files() / number;
    Map<String, Integer> shards = new TreeMap<>();
    totals.forEach(
        (name, total) ->
            shards.put(
                name,
                name.equals(split)
                    ? number
                    : (int) Math.max(1, Math.round(total.files() / filesPerShard))));
    return new ShardPlan(shards);
  }

  @Override
  public int numPartitions() {
    return shards.values().stream().mapToInt(Integer::intValue).sum();
  }

  @Override
  public int getPartition(Object key) {
    FilePlace place = (FilePlace) key;
    return first(place.split()) + place.shard(shards.get(place.split()));
  }

  /** The split of a partition. */
  String split(int partition) {
    int end = 0;
    for (Map.Entry<String, Integer> split : shards.entrySet()) {
      end += split.getValue();
      if (partition < end) {
        return split.getKey();
      }
    }
    throw new IndexOutOfBoundsException("There is no partition " + partition + " of " + shards);
  }

  /** The first partition of a split. */
  int first(String split) {
    return shards.headMap(split).values().stream().mapToInt(Integer::intValue).sum();
  }

  /** The partition after the last of a split. */
  int end(String split) {
    return first(split) + shards.get(split);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ShardPlan plan && plan.shards.equals(shards);
  }

  @Override
  public int hashCode() {
    return shards.hashCode();
  }
}
