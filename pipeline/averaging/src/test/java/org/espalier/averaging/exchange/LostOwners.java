package org.espalier.averaging.exchange;

/** Makes this process forget all shards, as if it were another that has just started. */
public final class LostOwners {
  private LostOwners() {}

  /** Forgets every run. */
  public static void loseAll() {
    Exchange.ofProcess().runs().forgetAll();
  }
}
