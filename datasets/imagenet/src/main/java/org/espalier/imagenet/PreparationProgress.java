package org.espalier.imagenet;

/** Is told how far a preparation is, on one thread of the driver at a time. */
@FunctionalInterface
public interface PreparationProgress {
  /** A shard is finished, or was found finished. */
  void at(State state);

  /**
   * The state of a preparation.
   *
   * @param shards that are finished
   * @param of that many
   * @param images that this job converted, rejected files left out
   * @param bytes of files that this job read
   * @param rejected files of all finished shards
   * @param seconds since this job began to convert
   */
  record State(int shards, int of, long images, long bytes, long rejected, double seconds) {}
}
