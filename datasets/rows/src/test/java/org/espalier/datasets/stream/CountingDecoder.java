package org.espalier.datasets.stream;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.espalier.datasets.PixelImages;
import org.espalier.datasets.batch.BatchRows;

/** Decodes few images into bytes, and keeps account of its buffers. */
final class CountingDecoder implements BatchDecoder<CountingDecoder.Buffer> {
  static final int ROW_BYTES = 12 + 1 + 8 + 8;

  private final int rows;
  private final Set<Buffer> open = Collections.newSetFromMap(new IdentityHashMap<>());
  private final List<String> mistakes = new ArrayList<>();
  private final Set<Long> failing = ConcurrentHashMap.newKeySet();
  private final AtomicInteger decoded = new AtomicInteger();
  private final AtomicInteger atGate = new AtomicInteger();
  private int allocated;
  private int most;
  private volatile CountDownLatch gate = new CountDownLatch(0);

  /** The bytes of a batch: of each row its pixels, label, epoch and number. */
  static final class Buffer {
    final byte[] values;
    int count;

    Buffer(int rows) {
      values = new byte[rows * ROW_BYTES];
    }

    byte[] content() {
      return java.util.Arrays.copyOf(values, count * ROW_BYTES);
    }
  }

  CountingDecoder(int rows) {
    this.rows = rows;
  }

  /** Lets a batch fail whose first row has this number, until told otherwise. */
  void failAt(long row) {
    failing.add(row);
  }

  void failNoMore() {
    failing.clear();
  }

  /** Holds all decoding until the returned latch is counted down. */
  CountDownLatch hold() {
    gate = new CountDownLatch(1);
    return gate;
  }

  @Override
  public synchronized Buffer allocate() {
    Buffer buffer = new Buffer(rows);
    open.add(buffer);
    allocated++;
    most = Math.max(most, open.size());
    return buffer;
  }

  @Override
  public void decode(BatchRows batch, Buffer into) throws IOException {
    try {
      atGate.incrementAndGet();
      gate.await();
      atGate.decrementAndGet();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    if (failing.contains(batch.number(0))) {
      throw new IOException("row " + batch.number(0) + " is no image");
    }
    fill(batch, into);
    decoded.incrementAndGet();
  }

  /** Batches decoded so far. */
  int decoded() {
    return decoded.get();
  }

  /** Batches whose decoding is held. */
  int held() {
    return atGate.get();
  }

  static void fill(BatchRows batch, Buffer into) {
    into.count = batch.count();
    var bytes = java.nio.ByteBuffer.wrap(into.values);
    for (int i = 0; i < batch.count(); i++) {
      PixelImages.pixels(batch.rows(i)).copy(batch.index(i), into.values, i * ROW_BYTES);
      bytes.position(i * ROW_BYTES + 12);
      bytes.put((byte) PixelImages.labels(batch.rows(i)).at(batch.index(i)));
      bytes.putLong(batch.epoch()).putLong(batch.number(i));
    }
  }

  @Override
  public synchronized void free(Buffer buffer) {
    if (!open.remove(buffer)) {
      mistakes.add("a buffer was freed twice");
    }
  }

  @Override
  public long bytes() {
    return (long) rows * ROW_BYTES;
  }

  synchronized int open() {
    return open.size();
  }

  synchronized int mostOpen() {
    return most;
  }

  synchronized int allocated() {
    return allocated;
  }

  synchronized List<String> mistakes() {
    return List.copyOf(mistakes);
  }
}
