package org.espalier.datasets.shards;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.espalier.datasets.rows.Rows;

/**
 * The row groups that the tasks of one process keep in memory, bounded in bytes: what was not used
 * for longest goes first. A row group that several tasks ask for at once is loaded once.
 *
 * <p>Safe for use by several threads. What is cached never changes what is read, only how fast.
 */
public final class RowGroupCache {
  /** The system property that bounds the process's cache, in bytes. */
  public static final String CAPACITY_PROPERTY = "espalier.rowGroupCache.bytes";

  private static final RowGroupCache OF_PROCESS =
      new RowGroupCache(Long.getLong(CAPACITY_PROPERTY, Runtime.getRuntime().maxMemory() / 4));

  private final long capacity;
  private final LinkedHashMap<RowGroupKey, CompletableFuture<Rows>> entries =
      new LinkedHashMap<>(16, 0.75f, true);
  private long held;

  /** A cache of at most {@code capacity} bytes; 0 keeps nothing. */
  public RowGroupCache(long capacity) {
    if (capacity < 0) {
      throw new IllegalArgumentException(
          "Cannot cache " + capacity + " bytes: the capacity must be at least 0");
    }
    this.capacity = capacity;
  }

  /**
   * The one cache of this process; it may fill a quarter of the heap unless {@link
   * #CAPACITY_PROPERTY} says otherwise.
   */
  public static RowGroupCache ofProcess() {
    return OF_PROCESS;
  }

  /** Reads a row group that is not in memory. */
  @FunctionalInterface
  public interface Loader {
    /** The row group that the key names. */
    Rows load() throws IOException;
  }

  /**
   * The row group from memory, or from {@code loader}. A task that waits for another's loading does
   * not share its failure but loads by itself.
   *
   * @throws IOException if {@code loader} throws it
   */
  public Rows rows(RowGroupKey key, Loader loader) throws IOException {
    while (true) {
      CompletableFuture<Rows> mine = new CompletableFuture<>();
      CompletableFuture<Rows> theirs = claim(key, mine);
      if (theirs == null) {
        return load(key, mine, loader);
      }
      try {
        return theirs.get();
      } catch (ExecutionException othersFailure) {
        // The entry is gone: the next turn claims it.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("Interrupted while another task reads " + key);
      }
    }
  }

  private synchronized CompletableFuture<Rows> claim(
      RowGroupKey key, CompletableFuture<Rows> mine) {
    return entries.putIfAbsent(key, mine);
  }

  private Rows load(RowGroupKey key, CompletableFuture<Rows> mine, Loader loader)
      throws IOException {
    try {
      Rows rows = loader.load();
      keep(rows, mine);
      return rows;
    } catch (Throwable failure) {
      forget(key, mine, failure);
      throw failure;
    }
  }

  private synchronized void keep(Rows rows, CompletableFuture<Rows> mine) {
    held += rows.bytes();
    mine.complete(rows);
    Iterator<CompletableFuture<Rows>> oldest = entries.values().iterator();
    while (held > capacity && oldest.hasNext()) {
      CompletableFuture<Rows> entry = oldest.next();
      if (entry.isDone()) {
        oldest.remove();
        held -= entry.join().bytes();
      }
    }
  }

  private synchronized void forget(
      RowGroupKey key, CompletableFuture<Rows> mine, Throwable failure) {
    entries.remove(key, mine);
    mine.completeExceptionally(failure);
  }

  /** The bytes in memory at this moment. */
  synchronized long held() {
    return held;
  }
}
