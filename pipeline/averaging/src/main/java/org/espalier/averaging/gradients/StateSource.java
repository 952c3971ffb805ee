package org.espalier.averaging.gradients;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.espalier.averaging.exchange.Exchange;
import org.espalier.averaging.exchange.ExecutorAddress;
import org.espalier.averaging.exchange.Failure;
import org.espalier.averaging.exchange.LostShards;
import org.espalier.averaging.exchange.RunFailure;

/**
 * The processes that keep the state of a range of parameters.
 *
 * @param start first parameter
 * @param length number of parameters
 * @param owner who owned them
 * @param neighbour who keeps another copy
 */
public record StateSource(int start, int length, ExecutorAddress owner, ExecutorAddress neighbour)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * Asks for the state of some of the parameters after a step: the owner or, if it is gone, the
   * neighbour. The neighbour is asked in another thread than the owner's answer comes in, which
   * belongs to the network and must not wait for a connection.
   *
   * @param reader reads the values, in whatever thread they come
   * @return fails with {@link RunFailure} if both are gone
   */
  public CompletableFuture<Void> ask(
      Exchange exchange, long run, long step, int from, int count, Consumer<ByteBuffer> reader) {
    return exchange
        .ask(owner, GradientRequest.keptPart(run, step, from, count), reader)
        .exceptionallyComposeAsync(
            gone ->
                exchange.ask(neighbour, GradientRequest.keptPart(run, step, from, count), reader))
        .exceptionallyCompose(gone -> CompletableFuture.failedFuture(bothGone(step, gone)));
  }

  /** Of an only owner, which is its own neighbour, the driver keeps the state. */
  private Throwable bothGone(long step, Throwable gone) {
    Throwable cause = gone instanceof CompletionException ? gone.getCause() : gone;
    boolean lost = cause instanceof LostShards && !owner.equals(neighbour);
    return lost ? new RunFailure(lost(step), cause) : cause;
  }

  private Failure lost(long step) {
    return new Failure(
        Failure.Kind.STATE_LOST,
        owner.executor(),
        "Cannot go on from step %d: parameters %d to %d and what the optimiser remembers of them are lost with both executors that kept them, %s and %s"
            .formatted(step, start, start + length - 1, owner.executor(), neighbour.executor()));
  }
}
