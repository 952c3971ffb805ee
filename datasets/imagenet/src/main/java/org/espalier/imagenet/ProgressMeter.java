package org.espalier.imagenet;

/** Adds up finished shards and tells how far a preparation is. */
final class ProgressMeter {
  private final PreparationProgress listener;
  private final int shards;
  private final long start = System.nanoTime();
  private int done;
  private long images;
  private long bytes;
  private long rejected;

  ProgressMeter(PreparationProgress listener, int shards) {
    this.listener = listener;
    this.shards = shards;
  }

  void adopted(FinishedShard shard) {
    done++;
    rejected += shard.rejected();
    tell();
  }

  void converted(FinishedShard shard) {
    images += shard.rows();
    bytes += shard.inputBytes();
    adopted(shard);
  }

  private void tell() {
    double seconds = (System.nanoTime() - start) * 1e-9;
    listener.at(new PreparationProgress.State(done, shards, images, bytes, rejected, seconds));
  }
}
