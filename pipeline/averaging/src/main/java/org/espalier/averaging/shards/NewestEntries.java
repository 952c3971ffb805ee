package org.espalier.averaging.shards;

import java.util.function.Supplier;

/** The entries that travel under the newest masks, worked out once in a process. Thread-safe. */
public final class NewestEntries {
  private TravellingEntries entries;
  private long maskHash;

  /** The entries that travel under masks of this hash. */
  public synchronized TravellingEntries under(long hash, Supplier<TravellingEntries> working) {
    if (entries == null || hash != maskHash) {
      entries = working.get();
      maskHash = hash;
    }
    return entries;
  }
}
