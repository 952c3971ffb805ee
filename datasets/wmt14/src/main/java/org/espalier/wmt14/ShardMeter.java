package org.espalier.wmt14;

/** Adds up finished shards and tells how far a preparation is. */
final class ShardMeter {
  private final EncodingProgress listener;
  private final long start = System.nanoTime();
  private int expected;
  private int done;
  private long pairs;

  ShardMeter(EncodingProgress listener) {
    this.listener = listener;
  }

  void expect(int shards) {
    expected += shards;
  }

  void done(SplitTally shard) {
    done++;
    pairs += shard.read().pairs();
    double seconds = (System.nanoTime() - start) * 1e-9;
    listener.at(new EncodingProgress.State(done, expected, pairs, seconds));
  }
}
