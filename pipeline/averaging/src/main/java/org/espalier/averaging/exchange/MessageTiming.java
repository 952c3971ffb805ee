package org.espalier.averaging.exchange;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import org.apache.spark.SparkEnv;

/**
 * A measurement of messages from this process to itself, over a socket as between processes, with
 * empty answers. Both ends work at the same time, so with cores for both the time of a message is
 * that of its slower end. Used by one thread.
 */
public final class MessageTiming implements AutoCloseable {
  private static final int UNDER_WAY = 8;

  private final SparkTransport transport =
      new SparkTransport(
          SparkEnv.get(),
          (message, from) -> CompletableFuture.completedFuture(ByteBuffer.allocate(0)));

  /**
   * Sends messages, {@value #UNDER_WAY} at a time.
   *
   * @param bytes length of each, at least 1
   * @param messages how many, at least 1
   * @return seconds per message
   * @throws IOException if the process does not reach itself
   */
  public double seconds(int bytes, int messages) throws IOException, InterruptedException {
    ByteBuffer message = ByteBuffer.allocateDirect(bytes);
    String host = transport.host();
    int port = transport.port();
    Deque<CompletableFuture<Void>> underWay = new ArrayDeque<>();
    long start = System.nanoTime();
    for (int i = 0; i < messages; i++) {
      if (underWay.size() == UNDER_WAY) {
        underWay.remove().join();
      }
      underWay.add(transport.send(host, port, message.duplicate(), answer -> {}));
    }
    underWay.forEach(CompletableFuture::join);
    return (System.nanoTime() - start) * 1e-9 / messages;
  }

  @Override
  public void close() {
    transport.close();
  }
}
