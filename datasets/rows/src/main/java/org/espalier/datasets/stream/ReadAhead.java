package org.espalier.datasets.stream;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that decode ahead for all streams of a process, and the bound on what streams hold
 * that nobody has leased: batches decoded or being decoded ahead, and spare buffers. Threads are
 * daemons and end when there is nothing to do.
 */
public final class ReadAhead implements AutoCloseable {
  /** The system property that bounds the bytes held, by default a quarter of the heap. */
  public static final String BYTES_PROPERTY = "espalier.readAhead.bytes";

  /** The system property that bounds the batches held. */
  public static final String BATCHES_PROPERTY = "espalier.readAhead.batches";

  /** The system property for the number of threads, by default one per processor. */
  public static final String THREADS_PROPERTY = "espalier.readAhead.threads";

  /** Batches held by all streams of a process unless told otherwise. */
  public static final int BATCHES_DEFAULT = 64;

  private static final long IDLE_SECONDS = 10;

  /** A batch that is decoded in less is decoded sooner than another thread wakes up for it. */
  private static final long WORTHWHILE_NANOS = 300_000;

  private static final AtomicInteger THREADS = new AtomicInteger();
  private static final ReadAhead OF_PROCESS =
      new ReadAhead(
          Integer.getInteger(THREADS_PROPERTY, Runtime.getRuntime().availableProcessors()),
          Integer.getInteger(BATCHES_PROPERTY, BATCHES_DEFAULT),
          Long.getLong(BYTES_PROPERTY, Runtime.getRuntime().maxMemory() / 4),
          WORTHWHILE_NANOS);

  private final long worthwhileNanos;
  private final int mostBatches;
  private final long mostBytes;
  private final ThreadPoolExecutor threads;
  private int batches;
  private long bytes;

  /**
   * Decodes ahead on at most {@code threads} threads, and holds at most so many batches and bytes;
   * with a bound of 0 nothing is decoded ahead.
   */
  public ReadAhead(int threads, int batches, long bytes) {
    this(threads, batches, bytes, 0);
  }

  private ReadAhead(int threads, int batches, long bytes, long worthwhileNanos) {
    if (threads < 1 || batches < 0 || bytes < 0) {
      throw new IllegalArgumentException(
          "Cannot read ahead "
              + batches
              + " batches of "
              + bytes
              + " bytes on "
              + threads
              + " threads: bounds must be at least 0 and threads at least 1");
    }
    this.worthwhileNanos = worthwhileNanos;
    this.mostBatches = batches;
    this.mostBytes = bytes;
    this.threads =
        new ThreadPoolExecutor(
            threads,
            threads,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            ReadAhead::thread);
    this.threads.allowCoreThreadTimeOut(true);
  }

  /** The one of this process. */
  public static ReadAhead ofProcess() {
    return OF_PROCESS;
  }

  /** Whether batches that take so long to decode are worth a thread of their own. */
  boolean isWorthwhile(double nanos) {
    return nanos >= worthwhileNanos;
  }

  /** Batches held at this moment. */
  public synchronized int batchesHeld() {
    return batches;
  }

  /** Bytes held at this moment. */
  public synchronized long bytesHeld() {
    return bytes;
  }

  /** Counts a batch of this size among those held, if the bounds allow it. */
  synchronized boolean reserve(long size) {
    if (threads.isShutdown() || batches >= mostBatches || size > mostBytes - bytes) {
      return false;
    }
    batches++;
    bytes += size;
    return true;
  }

  /** Undoes a reservation. */
  synchronized void release(long size) {
    batches--;
    bytes -= size;
  }

  void execute(Runnable decoding) {
    threads.execute(decoding);
  }

  /** Ends the threads; streams that still use them decode when they are asked. */
  @Override
  public void close() {
    threads.shutdownNow();
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "espalier-read-ahead-" + THREADS.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }
}
