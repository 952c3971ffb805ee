package org.espalier.averaging.gradients;

import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.Optional;
import org.espalier.averaging.exchange.RoundKey;
import org.espalier.engine.kernel.Pieces;

/**
 * The gradients of some workers in shards that belong elsewhere: those of the workers of a process,
 * or of a group of processes. What can be averaged of them is averaged here, so that one mean goes
 * on where many workers share the way. Of one stretch. Thread-safe.
 */
final class MergedGradients {
  /** The mean of a shard, and of which step. */
  private static final class Shard {
    private final MeanTree tree;
    private long step = -1;

    Shard(MeanTree tree) {
      this.tree = tree;
    }
  }

  private final RoundKey key;
  private final StretchEntries entries;
  private final GradientRun run;
  private final Shard[] shards;
  private final FirstDone firstDone = new FirstDone();

  /**
   * @param carried the workers whose gradients come here
   */
  MergedGradients(Stretch stretch, StretchEntries entries, BitSet carried, GradientRun run) {
    this.key = stretch.key();
    this.entries = entries;
    this.run = run;
    this.shards = new Shard[stretch.layout().shards()];
    for (int shard = 0; shard < shards.length; shard++) {
      shards[shard] =
          new Shard(
              new MeanTree(
                  stretch.workers(),
                  range -> carried.nextClearBit(range.from()) >= range.end(),
                  stretch.moments(shard),
                  run.buffers()));
    }
  }

  RoundKey key() {
    return key;
  }

  /** When the first who hands in here had computed its gradients of a step. */
  FirstDone firstDone() {
    return firstDone;
  }

  /**
   * Adds the mean gradient of some workers.
   *
   * @return the message with the mean that has to go on, if it is complete now; its buffer goes
   *     back to the run when it was taken
   */
  Optional<ByteBuffer> add(GradientHeader header, Pieces values) {
    Shard of = shards[header.shard()];
    long step = header.step();
    synchronized (of) {
      if (of.step != step) {
        of.tree.begin(entries.up(header.shard(), step), entries.most(step));
        of.step = step;
      }
    }
    return of.tree
        .add(header.workers(), header.weight(), values)
        .map(mean -> message(mean, header.of(mean.workers(), mean.weight())));
  }

  private ByteBuffer message(PartialMean mean, GradientHeader header) {
    long step = header.step();
    int count = mean.weight() == 0 ? 0 : entries.up(header.shard(), step).set();
    ByteBuffer message =
        mean.weight() == 0
            ? run.buffers().take(PartialMean.room(entries.most(step)))
            : mean.message();
    message.clear();
    GradientRequest.gradient(header, message);
    return message.position(0).limit(PartialMean.room(count));
  }
}
