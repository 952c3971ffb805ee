package org.espalier.experiment;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.hadoop.util.ShutdownHookManager;
import org.espalier.averaging.parts.HeldVector;
import org.espalier.base.Reason;

/**
 * Writes checkpoints while training goes on, in a thread of its own, one at a time: the second
 * waits for the first. One that cannot be written is no reason to end a run; a warning tells it. A
 * process that is told to end waits {@value #GRACE_SECONDS} s for the one under way, before Spark
 * takes its executors away. Used by one thread.
 */
final class BackgroundCheckpoints implements AutoCloseable {
  private static final int GRACE_SECONDS = 20;

  /** Above that of Spark, which stops at 40, and of Hadoop's file systems, which close at 10. */
  private static final int BEFORE_SPARK = 50;

  private final Checkpoints checkpoints;
  private final Consumer<String> warned;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "espalier-checkpoints");
            thread.setDaemon(true);
            return thread;
          });

  private final Runnable grace = this::awaitBeforeTheEnd;
  private volatile Future<?> underWay = CompletableFuture.completedFuture(null);
  private long step;

  /**
   * @param warned hears, in the thread that uses this, of checkpoints that could not be written
   */
  BackgroundCheckpoints(Checkpoints checkpoints, Consumer<String> warned) {
    this.checkpoints = checkpoints;
    this.warned = warned;
    ShutdownHookManager.get().addShutdownHook(grace, BEFORE_SPARK, GRACE_SECONDS, TimeUnit.SECONDS);
  }

  private void awaitBeforeTheEnd() {
    try {
      underWay.get();
    } catch (ExecutionException e) {
      // The checkpoint before it is there, and nobody is left to be told.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Begins to write a checkpoint, once the one before it is done.
   *
   * @param held gives the vector, which is closed when it is written
   */
  void begin(CheckpointHead head, Supplier<HeldVector> held) {
    await();
    step = head.step();
    HeldVector vector = held.get();
    underWay =
        thread.submit(
            () -> {
              try (vector) {
                checkpoints.save(head, vector);
              }
            });
  }

  /** Tells of the checkpoint under way if it is done. */
  void tell() {
    if (underWay.isDone()) {
      await();
    }
  }

  /** Waits for the checkpoint under way. */
  private void await() {
    try {
      underWay.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      warned.accept("no checkpoint of step %d: %s.".formatted(step, Reason.of(e.getCause())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      underWay = CompletableFuture.completedFuture(null);
    }
  }

  /** Waits for the checkpoint under way, and takes no more. */
  @Override
  public void close() {
    try {
      await();
    } finally {
      thread.shutdown();
      if (!ShutdownHookManager.get().isShutdownInProgress()) {
        ShutdownHookManager.get().removeShutdownHook(grace);
      }
    }
  }
}
