package org.espalier.averaging.exchange;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The all-gather of a round: its averaged vector, fetched from the owners of its shards. */
public final class AllGather {
  private AllGather() {}

  /**
   * Puts the shards together in {@code target}, little-endian float32.
   *
   * @throws LostShards if one of them is not to be had
   */
  public static void fetch(ReducedRound round, ByteBuffer target) {
    Exchange exchange = Exchange.ofProcess();
    List<CompletableFuture<?>> parts = new ArrayList<>();
    for (int shard = 0; shard < round.layout().shards(); shard++) {
      int at = round.layout().start(shard) * Float.BYTES;
      parts.add(
          exchange.ask(
              round.owner(shard),
              Request.mean(round.key(), shard),
              values -> target.put(at, values, values.position(), values.remaining())));
    }
    try {
      parts.forEach(CompletableFuture::join);
    } catch (CompletionException e) {
      throw e.getCause() instanceof RunFailure known ? known : e;
    }
  }
}
