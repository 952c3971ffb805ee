package org.espalier.averaging.exchange;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Fetches the averaged vector of a round from where its slices landed. */
public final class Means {
  private Means() {}

  /**
   * Puts the slices together in {@code target}, little-endian float32.
   *
   * @throws LostSlices if one of them is not to be had
   */
  public static void fetch(LandedRound round, ByteBuffer target) {
    Exchange exchange = Exchange.ofProcess();
    List<CompletableFuture<?>> parts = new ArrayList<>();
    for (int slice = 0; slice < round.layout().slices(); slice++) {
      int at = round.layout().start(slice) * Float.BYTES;
      Address landing = round.landings().get(slice % round.landings().size());
      parts.add(
          exchange.ask(
              landing,
              Request.mean(round.key(), slice),
              values -> target.put(at, values, values.position(), values.remaining())));
    }
    try {
      parts.forEach(CompletableFuture::join);
    } catch (CompletionException e) {
      throw e.getCause() instanceof LostSlices lost ? lost : e;
    }
  }
}
