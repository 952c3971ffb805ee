package org.espalier.datasets;

import java.io.Serializable;
import java.util.List;

/** A part of a dataset with one purpose, training or test: its shards in their fixed order. */
public record Split(List<Shard> shards) implements Serializable {
  /** The split that networks are trained on. */
  public static final String TRAIN = "train";

  /** The split that decides while a network is trained. */
  public static final String VALIDATION = "validation";

  /** The split that trained networks are measured on. */
  public static final String TEST = "test";

  /**
   * @throws IllegalArgumentException if there is no shard
   */
  public Split {
    shards = List.copyOf(shards);
    if (shards.isEmpty()) {
      throw new IllegalArgumentException("Cannot have a split without shards");
    }
  }

  /** The rows of all shards. */
  public long rows() {
    return shards.stream().mapToLong(Shard::rows).sum();
  }
}
