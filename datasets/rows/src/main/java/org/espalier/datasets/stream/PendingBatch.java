package org.espalier.datasets.stream;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.espalier.base.Reason;

/**
 * A batch that is being decoded, or will be: by a thread of the pool, or by whoever takes it before
 * a thread has begun. It is taken or dropped, once.
 */
final class PendingBatch<B> implements Runnable {
  private final Callable<B> decoding;
  private final AtomicBoolean begun = new AtomicBoolean();
  private final CompletableFuture<B> decoded = new CompletableFuture<>();

  PendingBatch(Callable<B> decoding) {
    this.decoding = decoding;
  }

  /** Decodes, unless that has begun already. */
  @Override
  public void run() {
    if (begun.compareAndSet(false, true)) {
      try {
        decoded.complete(decoding.call());
      } catch (Throwable failure) {
        decoded.completeExceptionally(failure);
      }
    }
  }

  /**
   * The batch, as soon as it is decoded.
   *
   * @param unwanted takes the batch if this thread is interrupted
   * @throws IOException if it cannot be decoded, with the reason as its cause
   */
  B take(Consumer<B> unwanted) throws IOException {
    run();
    try {
      return decoded.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IOException(Reason.of(e.getCause()), e.getCause());
    } catch (InterruptedException e) {
      whenOver(unwanted, () -> {});
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while waiting for a batch");
    }
  }

  /**
   * Gives the batch up.
   *
   * @param unwanted takes the batch, if there is or will be one
   * @param done runs when nothing of it is left
   */
  void drop(Consumer<B> unwanted, Runnable done) {
    if (begun.compareAndSet(false, true)) {
      done.run();
    } else {
      whenOver(unwanted, done);
    }
  }

  private void whenOver(Consumer<B> unwanted, Runnable done) {
    CompletableFuture<B> unused =
        decoded.whenComplete(
            (batch, failure) -> {
              done.run();
              if (failure == null) {
                unwanted.accept(batch);
              }
            });
  }
}
