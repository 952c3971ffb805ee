package org.espalier.averaging.exchange;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/**
 * A kind of message from one process to another: a byte that says which, then the details, which
 * begin with the number of a run. Some are answered later, when what they ask for is there.
 */
public interface Request {
  /** The answer that says no more than that something was done. */
  CompletableFuture<ByteBuffer> NOTHING = now(ByteBuffer.allocate(0));

  /** The code, which no other kind has. */
  byte code();

  /**
   * Does what a message asks for.
   *
   * @param details read only during the call
   * @param here this process's end of the exchange
   * @return completes with the answer; if it fails, or this throws, the sender hears why
   */
  CompletableFuture<ByteBuffer> answer(ByteBuffer details, Exchange here);

  /** The answer to a message whose answer is here. */
  static CompletableFuture<ByteBuffer> now(ByteBuffer answer) {
    return CompletableFuture.completedFuture(answer);
  }

  /** The number of the run that details begin with; nothing else is read before it is known. */
  static long run(ByteBuffer details) {
    return details.getLong(details.position());
  }

  /** A message with room for details of so many bytes, which have to follow. */
  default ByteBuffer begin(int bytes) {
    return ByteBuffer.allocate(1 + bytes).put(code());
  }

  /** A message of a round. */
  default ByteBuffer of(RoundKey key) {
    ByteBuffer message = begin(RoundKey.BYTES);
    key.write(message);
    return message.flip();
  }

  /** A message of a shard in a round. */
  default ByteBuffer of(RoundKey key, int shard) {
    ByteBuffer message = begin(RoundKey.BYTES + Integer.BYTES);
    key.write(message);
    return message.putInt(shard).flip();
  }

  /** A message of a run with a value in serialised form. */
  default ByteBuffer of(long run, ByteBuffer serialised) {
    return begin(Long.BYTES + serialised.remaining())
        .putLong(run)
        .put(serialised.duplicate())
        .flip();
  }
}
