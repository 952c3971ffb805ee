package org.espalier.wmt14;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.espalier.datasets.RowRange;
import org.espalier.datasets.Split;

/**
 * The pairs that become one shard: whole blocks of a split's pairs, each packed by itself, so that
 * a split's rows and their order do not depend on the number of shards.
 */
record TextShard(String split, RowRange pairs) implements Serializable {
  /** Pairs that are packed by themselves; the last block may have fewer. */
  static final int BLOCK = 4096;

  /** The shards of a split of {@code pairs} pairs, at most as many as blocks. */
  static List<TextShard> plan(String split, long pairs, int shards) {
    long blocks = blocks(pairs);
    List<TextShard> plan = new ArrayList<>();
    for (int shard = 0; shard < shards; shard++) {
      RowRange share = RowRange.share(blocks, shard, shards);
      plan.add(
          new TextShard(
              split, new RowRange(share.from() * BLOCK, Math.min(share.to() * BLOCK, pairs))));
    }
    return plan;
  }

  static long blocks(long pairs) {
    return (pairs + BLOCK - 1) / BLOCK;
  }

  boolean isTraining() {
    return split.equals(Split.TRAIN);
  }
}
