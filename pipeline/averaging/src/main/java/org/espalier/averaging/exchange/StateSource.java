package org.espalier.averaging.exchange;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The processes that keep the state of a range of parameters.
 *
 * @param start first parameter
 * @param length number of parameters
 * @param owner who owned them
 * @param neighbour who keeps another copy
 */
record StateSource(int start, int length, ExecutorAddress owner, ExecutorAddress neighbour)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * Asks for the state of some of the parameters after a step: the owner or, if it is gone, the
   * neighbour.
   *
   * @param reader reads the values, in whatever thread they come
   */
  CompletableFuture<Void> ask(
      Exchange exchange, long run, long step, int from, int count, Consumer<ByteBuffer> reader) {
    return exchange
        .ask(owner, Request.keptPart(run, step, from, count), reader)
        .exceptionallyCompose(
            gone -> exchange.ask(neighbour, Request.keptPart(run, step, from, count), reader));
  }
}
