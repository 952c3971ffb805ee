package org.espalier.wmt14;

/** Is told how far a preparation is, on one thread of the driver at a time. */
@FunctionalInterface
public interface EncodingProgress {
  /** A shard is finished. */
  void at(State state);

  /**
   * The state of a preparation.
   *
   * @param shards that are finished
   * @param of that many
   * @param pairs that were read for them
   * @param seconds since encoding began
   */
  record State(int shards, int of, long pairs, double seconds) {}
}
