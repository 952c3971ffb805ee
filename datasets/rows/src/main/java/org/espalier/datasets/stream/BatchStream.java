package org.espalier.datasets.stream;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.espalier.datasets.batch.BatchReader;

/**
 * The batches of one worker, addressed by step. Whoever asks for a step gets the bytes that it has
 * for everybody and always; behind each question the stream decodes the following steps ahead, as
 * far as {@link ReadAhead} allows and where decoding takes longer than waking a thread for it. A
 * batch that was not decoded ahead is decoded by the thread that asks, whatever the bounds, so
 * nobody waits for memory.
 *
 * <p>What is held without being leased is counted against the bounds: at most {@value #DEPTH}
 * batches behind each place that is read from, and spare buffers. Safe for use by several threads;
 * a lease belongs to the one that asked.
 *
 * @param <B> the buffer of one batch
 */
public final class BatchStream<B> implements AutoCloseable {
  /** The steps that are decoded ahead. */
  private static final int DEPTH = 2;

  /** The batches that are kept for several places that are read from at once. */
  private static final int MOST_PENDING = 8 * DEPTH;

  /** The share of a slower batch in what decoding takes; a faster one counts at once. */
  private static final double SLOWER = 0.05;

  private final BatchReader reader;
  private final BatchDecoder<B> decoder;
  private final ReadAhead ahead;
  private final Map<Long, PendingBatch<B>> pending = new LinkedHashMap<>();
  private final Deque<B> spare = new ArrayDeque<>();
  private boolean closed;

  /** What decoding a batch takes where nothing holds it up: about the fastest of late. */
  private double nanos;

  /** Decodes what {@code reader} reads. */
  public BatchStream(BatchReader reader, BatchDecoder<B> decoder, ReadAhead ahead) {
    this.reader = reader;
    this.decoder = decoder;
    this.ahead = ahead;
  }

  /** Whether there is a batch for a step. */
  public boolean has(long step) {
    return reader.has(step);
  }

  /**
   * The batch of a step.
   *
   * @throws IOException if it cannot be read or decoded, with the reason as its cause; asking again
   *     tries again
   * @throws IllegalStateException if the stream is closed
   */
  public BatchLease<B> at(long step) throws IOException {
    B batch = claim(step).take(this::giveBack);
    readOn(step);
    return new BatchLease<>(batch, () -> giveBack(batch));
  }

  /**
   * Frees what nobody has leased. Leased batches stay valid, and are freed when their leases are
   * closed.
   */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      Iterator<PendingBatch<B>> all = pending.values().iterator();
      while (all.hasNext()) {
        drop(all.next());
        all.remove();
      }
    }
    for (B buffer = takeSpare(); buffer != null; buffer = takeSpare()) {
      decoder.free(buffer);
    }
  }

  private synchronized PendingBatch<B> claim(long step) {
    if (closed) {
      throw new IllegalStateException("Cannot read batch " + step + ": the stream is closed");
    }
    PendingBatch<B> decodedAhead = pending.remove(step);
    if (decodedAhead == null) {
      return new PendingBatch<>(() -> decode(step));
    }
    ahead.release(decoder.bytes());
    return decodedAhead;
  }

  private synchronized void readOn(long step) {
    if (!ahead.isWorthwhile(nanos)) {
      return;
    }
    for (long next = step + 1; next <= step + DEPTH && reader.has(next); next++) {
      long number = next;
      if (pending.containsKey(number)) {
        continue;
      }
      if (closed || !reserveBehind(step)) {
        return;
      }
      PendingBatch<B> batch = new PendingBatch<>(() -> decode(number));
      pending.put(number, batch);
      ahead.execute(batch);
    }
  }

  /** Room for one more batch, if need be in place of one that was decoded for another place. */
  private boolean reserveBehind(long step) {
    if (pending.size() < MOST_PENDING && ahead.reserve(decoder.bytes())) {
      return true;
    }
    Iterator<Map.Entry<Long, PendingBatch<B>>> oldest = pending.entrySet().iterator();
    while (oldest.hasNext()) {
      Map.Entry<Long, PendingBatch<B>> entry = oldest.next();
      if (entry.getKey() <= step || entry.getKey() > step + DEPTH) {
        oldest.remove();
        drop(entry.getValue());
        return ahead.reserve(decoder.bytes());
      }
    }
    return false;
  }

  private void drop(PendingBatch<B> batch) {
    batch.drop(this::giveBack, () -> ahead.release(decoder.bytes()));
  }

  private B decode(long step) throws IOException {
    long start = System.nanoTime();
    var rows = reader.read(step);
    B buffer = takeSpare();
    if (buffer == null) {
      buffer = decoder.allocate();
    }
    try {
      decoder.decode(rows, buffer);
      note(System.nanoTime() - start);
      return buffer;
    } catch (Throwable failure) {
      giveBack(buffer);
      throw failure;
    }
  }

  private synchronized void note(long taken) {
    nanos = Math.min((double) taken, nanos + SLOWER * (taken - nanos));
  }

  private synchronized B takeSpare() {
    B buffer = spare.poll();
    if (buffer != null) {
      ahead.release(decoder.bytes());
    }
    return buffer;
  }

  private void giveBack(B buffer) {
    synchronized (this) {
      if (!closed && spare.size() <= DEPTH && ahead.reserve(decoder.bytes())) {
        spare.push(buffer);
        return;
      }
    }
    decoder.free(buffer);
  }
}
