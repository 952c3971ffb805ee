package org.espalier.averaging.gradients;

import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.espalier.averaging.exchange.RoundKey;
import org.espalier.averaging.shards.ShardBits;
import org.espalier.averaging.shards.ShardLayout;
import org.espalier.averaging.shards.TravellingEntries;
import org.espalier.engine.replica.VectorLayout;

/**
 * The entries of every shard that travel in a stretch: those of the gradient up to the owners, and
 * those of the parameters down from them. Immutable.
 */
final class StretchEntries {
  private final RoundKey key;
  private final long lastStep;
  private final ShardBits[] down;
  private final ShardBits[] up;
  private final ShardBits[] last;
  private final int[] starts;
  private final int mostUp;
  private final int mostLast;

  /**
   * @param kept the parameters that the stretch's masks keep
   */
  StretchEntries(Stretch stretch, TravellingEntries kept) {
    this.key = stretch.key();
    this.lastStep = stretch.end() - 1;
    ShardLayout layout = stretch.layout();
    this.down =
        each(
            layout,
            s -> new ShardBits(kept.shard(layout.start(s), layout.size(s)), layout.size(s)));
    boolean differ =
        stretch.network().value().vector().masked() == VectorLayout.MaskedEntries.MAY_DIFFER;
    this.up = differ ? whole(layout) : down;
    this.last = stretch.wholeGradient() ? whole(layout) : up;
    this.starts = starts(down);
    this.mostUp = most(up);
    this.mostLast = most(last);
  }

  private static int[] starts(ShardBits[] shards) {
    int[] starts = new int[shards.length + 1];
    for (int shard = 0; shard < shards.length; shard++) {
      starts[shard + 1] = starts[shard] + shards[shard].set();
    }
    return starts;
  }

  private static int most(ShardBits[] shards) {
    return Arrays.stream(shards).mapToInt(ShardBits::set).max().orElse(0);
  }

  private static ShardBits[] whole(ShardLayout layout) {
    return each(layout, shard -> ShardBits.all(layout.size(shard)));
  }

  private static ShardBits[] each(ShardLayout layout, IntFunction<ShardBits> bits) {
    return IntStream.range(0, layout.shards()).mapToObj(bits).toArray(ShardBits[]::new);
  }

  RoundKey key() {
    return key;
  }

  /** The parameters that are gathered: no forward pass reads masked ones. */
  ShardBits down(int shard) {
    return down[shard];
  }

  /** Position of a shard's first kept parameter among all kept ones; their number for the end. */
  int start(int shard) {
    return starts[shard];
  }

  /** The gradients that are handed in: those of masked weights decide nothing, as a rule. */
  ShardBits up(int shard, long step) {
    return of(step)[shard];
  }

  /** Entries that are handed in of any shard, at most. */
  int most(long step) {
    return step == lastStep ? mostLast : mostUp;
  }

  private ShardBits[] of(long step) {
    return step == lastStep ? last : up;
  }
}
