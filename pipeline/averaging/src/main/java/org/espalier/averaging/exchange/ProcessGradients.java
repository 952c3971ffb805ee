package org.espalier.averaging.exchange;

import java.util.Optional;
import org.espalier.engine.kernel.Pieces;

/**
 * The gradients that the workers of this process hand in of shards that other processes own: means
 * of workers that are all here are computed here, so that one mean leaves the process where many
 * workers share it. Of one stretch. Thread-safe.
 */
final class ProcessGradients {
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
  private final Shard[] shards;

  /**
   * @param here whether a worker is carried by this process
   */
  ProcessGradients(Stretch stretch, StretchEntries entries, boolean[] here, RunState run) {
    this.key = stretch.key();
    this.entries = entries;
    this.shards = new Shard[stretch.layout().shards()];
    for (int shard = 0; shard < shards.length; shard++) {
      shards[shard] =
          new Shard(
              new MeanTree(
                  stretch.workers(), range -> all(here, range), stretch.moments(shard), run));
    }
  }

  private static boolean all(boolean[] here, WorkerRange range) {
    for (int worker = range.from(); worker < range.end(); worker++) {
      if (!here[worker]) {
        return false;
      }
    }
    return true;
  }

  RoundKey key() {
    return key;
  }

  /**
   * Adds a worker's gradient.
   *
   * @return the mean that has to leave the process, if it is complete now
   */
  Optional<PartialMean> add(int shard, long step, int worker, long weight, Pieces values) {
    Shard of = shards[shard];
    synchronized (of) {
      if (of.step != step) {
        of.tree.begin(entries.up(shard, step), entries.most(step));
        of.step = step;
      }
    }
    return of.tree.add(WorkerRange.of(worker), weight, values);
  }
}
