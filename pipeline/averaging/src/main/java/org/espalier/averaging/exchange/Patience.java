package org.espalier.averaging.exchange;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkEnv;

/**
 * The time that a task waits for others.
 *
 * @param millis in milliseconds
 */
public record Patience(long millis) {
  private static final long SPIN_NANOS = 300_000;

  /**
   * What a future completes with.
   *
   * @param what is waited for, as in a sentence
   * @throws LostShards if an owner is gone, or another task's end of the stretch is
   * @throws RunFailure if it takes too long, or another task has failed
   */
  public <T> T await(CompletableFuture<T> future, String what) {
    spin(future);
    try {
      return future.get(millis, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw tooLong(
          "Cannot go on: after %d s of waiting for %s, not all tasks have come as far; see whether the cluster runs them all at once, or raise %s."
              .formatted(TimeUnit.MILLISECONDS.toSeconds(millis), what, Exchange.TIMEOUT),
          e);
    } catch (ExecutionException e) {
      throw unwrapped(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LostShards("Cannot go on: the task was interrupted", e);
    }
  }

  /** Waits a little without sleeping, since waking up takes longer than a short step. */
  @SuppressWarnings("ThreadPriorityCheck") // Gives the core to the thread that brings the answer.
  private static void spin(CompletableFuture<?> future) {
    long start = System.nanoTime();
    while (!future.isDone() && System.nanoTime() - start < SPIN_NANOS) {
      Thread.yield();
    }
  }

  private static RunFailure tooLong(String sentence, TimeoutException cause) {
    String executor = SparkEnv.get().executorId();
    return new RunFailure(new Failure(Failure.Kind.TIMED_OUT, executor, sentence), cause);
  }

  private static RuntimeException unwrapped(Throwable failure) {
    Throwable cause = failure.getCause();
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof OutOfMemoryError error) {
      throw error;
    }
    return cause instanceof RuntimeException known ? known : new IllegalStateException(cause);
  }
}
