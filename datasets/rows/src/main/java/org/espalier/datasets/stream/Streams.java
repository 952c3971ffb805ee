package org.espalier.datasets.stream;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * The streams of one process: opened on first use, shared by all rounds and tasks, closed when
 * their run ends or when nobody has asked for a while. Safe for use by several threads.
 */
public final class Streams implements AutoCloseable {
  /** How long a stream is kept that nobody asks, unless told otherwise. */
  public static final Duration IDLE_DEFAULT = Duration.ofMinutes(2);

  private static final Streams OF_PROCESS = new Streams(IDLE_DEFAULT);

  private final Duration idle;
  private final Map<StreamKey, Entry> entries = new HashMap<>();
  private boolean sweeping;

  /** Streams that are closed when nobody has asked them for this long. */
  public Streams(Duration idle) {
    this.idle = idle;
  }

  /** The one of this process. */
  public static Streams ofProcess() {
    return OF_PROCESS;
  }

  /**
   * Opens a stream.
   *
   * @param <B> the buffer of one batch
   */
  @FunctionalInterface
  public interface Opener<B> {
    /** The stream that the key names. */
    BatchStream<B> open();
  }

  /**
   * Something that is asked of a stream.
   *
   * @param <B> the buffer of one batch
   * @param <T> the answer
   */
  @FunctionalInterface
  public interface Question<B, T> {
    /** Asks. */
    T ask(BatchStream<B> stream) throws IOException;
  }

  /**
   * Asks a stream, which stays open meanwhile.
   *
   * @param opener opens it, if this is its first use in the process; a key has one type of buffer
   * @throws IOException if the question throws it
   */
  @SuppressWarnings("unchecked") // A key has one type of buffer.
  public <B, T> T ask(StreamKey key, Opener<B> opener, Question<B, T> question) throws IOException {
    Entry entry = enter(key, opener);
    try {
      return question.ask((BatchStream<B>) entry.stream);
    } finally {
      leave(entry);
    }
  }

  /** Closes the streams of a run. */
  public void close(String run) {
    closeWhere(entry -> entry.getKey().run().equals(run));
  }

  /** Number of open streams. */
  public synchronized int open() {
    return entries.size();
  }

  /** Closes all streams. */
  @Override
  public void close() {
    closeWhere(entry -> true);
  }

  private synchronized Entry enter(StreamKey key, Opener<?> opener) {
    Entry entry = entries.computeIfAbsent(key, absent -> new Entry(opener.open()));
    entry.asking++;
    if (!sweeping) {
      sweeping = true;
      sweepLater();
    }
    return entry;
  }

  private synchronized void leave(Entry entry) {
    entry.asking--;
    entry.lastAsked = System.nanoTime();
  }

  private void sweep() {
    long now = System.nanoTime();
    closeWhere(entry -> entry.getValue().isIdle(now - idle.toNanos()));
    synchronized (this) {
      sweeping = !entries.isEmpty();
      if (sweeping) {
        sweepLater();
      }
    }
  }

  private void sweepLater() {
    CompletableFuture.delayedExecutor(idle.toNanos(), TimeUnit.NANOSECONDS).execute(this::sweep);
  }

  private void closeWhere(Predicate<Map.Entry<StreamKey, Entry>> isOver) {
    List<BatchStream<?>> over = new ArrayList<>();
    synchronized (this) {
      Iterator<Map.Entry<StreamKey, Entry>> all = entries.entrySet().iterator();
      while (all.hasNext()) {
        Map.Entry<StreamKey, Entry> entry = all.next();
        if (isOver.test(entry)) {
          over.add(entry.getValue().stream);
          all.remove();
        }
      }
    }
    over.forEach(BatchStream::close);
  }

  private static final class Entry {
    private final BatchStream<?> stream;
    private int asking;
    private long lastAsked;

    Entry(BatchStream<?> stream) {
      this.stream = stream;
    }

    boolean isIdle(long since) {
      return asking == 0 && lastAsked - since < 0;
    }
  }
}
