package org.espalier.averaging.exchange;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;

/**
 * The messages of one task that are under way, {@value #UNDER_WAY} at most. Their buffers go back
 * to the others when they were taken. Used by one thread.
 */
public final class Outbox {
  private static final int UNDER_WAY = 8;

  private record Message(ByteBuffer buffer, CompletableFuture<Void> taken) {}

  private final Exchange exchange;
  private final Buffers buffers;
  private final Deque<Message> underWay = new ArrayDeque<>();

  /** An outbox whose messages lie in these buffers. */
  public Outbox(Exchange exchange, Buffers buffers) {
    this.exchange = exchange;
    this.buffers = buffers;
  }

  /**
   * Sends a message, once there is room for it.
   *
   * @throws LostShards if one before it was not taken
   */
  public void send(ExecutorAddress to, ByteBuffer message) {
    if (underWay.size() == UNDER_WAY) {
      awaitOldest();
    }
    underWay.add(new Message(message, exchange.ask(to, message, nothing -> {})));
  }

  /**
   * Waits until everything is taken.
   *
   * @throws LostShards if something could not be
   */
  public void drain() {
    while (!underWay.isEmpty()) {
      awaitOldest();
    }
  }

  private void awaitOldest() {
    Message message = underWay.remove();
    exchange.patience().await(message.taken(), "an owner to take a shard");
    buffers.recycle(message.buffer());
  }
}
