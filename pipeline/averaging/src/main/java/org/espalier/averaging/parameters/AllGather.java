package org.espalier.averaging.parameters;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.espalier.averaging.exchange.Exchange;
import org.espalier.averaging.exchange.ExecutorAddress;
import org.espalier.averaging.exchange.LostShards;
import org.espalier.averaging.exchange.RunFailure;

/** The all-gather of a round: its averaged vector, fetched from the owners of its shards. */
public final class AllGather {
  private AllGather() {}

  /** Lets a process fetch a round's average before a task needs it. */
  public static void prepare(ExecutorAddress process, ReducedRound round) {
    var unused = Exchange.ofProcess().ask(process, ParameterRequest.prepare(round), answer -> {});
  }

  /**
   * The vector that the round after this one begins with; fetched once, valid until that of a later
   * round is asked for.
   *
   * @throws LostShards if a shard is not to be had
   */
  public static FloatBuffer vectorAfter(ReducedRound round) {
    return ParameterRun.of(Exchange.ofProcess(), round.key().run()).vector().after(round);
  }

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
              ParameterRequest.mean(round.key(), shard),
              values -> target.put(at, values, values.position(), values.remaining())));
    }
    try {
      parts.forEach(CompletableFuture::join);
    } catch (CompletionException e) {
      throw e.getCause() instanceof RunFailure known ? known : e;
    }
  }
}
