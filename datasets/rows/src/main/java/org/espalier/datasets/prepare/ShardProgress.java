package org.espalier.datasets.prepare;

/** Is told how far a preparation is, on one thread of the driver at a time. */
@FunctionalInterface
public interface ShardProgress {
  /** So many of the {@code total} shards of all splits are written. */
  void shardsDone(int done, int total);
}
