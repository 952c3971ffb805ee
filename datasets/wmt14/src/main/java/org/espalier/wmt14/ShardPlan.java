package org.espalier.wmt14;

import java.util.List;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.espalier.base.Refusal;
import org.espalier.datasets.Split;

/**
 * The shards of every split.
 *
 * @param name of the dataset
 * @param training shards of the training split; where nobody says how many, one for each 262,144
 *     pairs and 8 at least, as far as there are blocks for them
 */
record ShardPlan(String name, OptionalInt training) {
  private static final long PAIRS_PER_SHARD = 1L << 18;
  private static final int LEAST = 8;

  /**
   * Deals out the pairs of each split; those of other splits than training make shards about as
   * long.
   *
   * @throws Refusal if a shard would be empty
   */
  SortedMap<String, List<TextShard>> of(SortedMap<String, ParallelText> texts) {
    long pairs = texts.get(Split.TRAIN).pairs();
    long blocks = TextShard.blocks(pairs);
    int shards = training.orElse((int) Math.min(blocks, Math.max(LEAST, pairs / PAIRS_PER_SHARD)));
    if (shards > blocks) {
      throw new Refusal(
          "Cannot prepare %s as %d shards: its training text has %d pairs, which are dealt in blocks of %d; choose 1 to %d shards."
              .formatted(name, shards, pairs, TextShard.BLOCK, blocks));
    }
    double pairsPerShard = (double) pairs / shards;
    SortedMap<String, List<TextShard>> plans = new TreeMap<>();
    texts.forEach(
        (split, text) -> {
          long alike = Math.max(1, Math.round(text.pairs() / pairsPerShard));
          long number =
              split.equals(Split.TRAIN) ? shards : Math.min(TextShard.blocks(text.pairs()), alike);
          plans.put(split, TextShard.plan(split, text.pairs(), (int) number));
        });
    return plans;
  }
}
