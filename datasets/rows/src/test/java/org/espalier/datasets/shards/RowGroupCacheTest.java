package org.espalier.datasets.shards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.espalier.datasets.ImageShape;
import org.espalier.datasets.PixelImages;
import org.espalier.datasets.rows.Rows;
import org.espalier.datasets.rows.RowsBuilder;
import org.junit.jupiter.api.Test;

class RowGroupCacheTest {
  /** Two rows of 6 + 4 bytes, and three offsets. */
  private static final long ENTRY_BYTES = 32;

  private final List<Integer> loaded = new ArrayList<>();

  private static RowGroupKey key(int rowGroup) {
    return new RowGroupKey("file:/few", "hash", "train", rowGroup);
  }

  private static Rows rows() {
    RowsBuilder rows = new RowsBuilder(new PixelImages(new ImageShape(1, 2, 3), 2).schema());
    rows.add(PixelImages.row(new byte[6], 0));
    rows.add(PixelImages.row(new byte[6], 1));
    return rows.build();
  }

  private Rows ask(RowGroupCache cache, int rowGroup) throws IOException {
    return cache.rows(
        key(rowGroup),
        () -> {
          loaded.add(rowGroup);
          return rows();
        });
  }

  @Test
  void whatIsInMemoryIsNotLoadedAgain() throws IOException {
    RowGroupCache cache = new RowGroupCache(2 * ENTRY_BYTES);
    assertThat(ask(cache, 1)).isSameAs(ask(cache, 1));
    assertThat(loaded).containsExactly(1);
    assertThat(cache.held()).isEqualTo(ENTRY_BYTES);
  }

  @Test
  void whatWasNotUsedForLongestGoesFirst() throws IOException {
    RowGroupCache cache = new RowGroupCache(2 * ENTRY_BYTES + 1);
    for (int rowGroup : new int[] {1, 2, 1, 3, 1, 2}) {
      ask(cache, rowGroup);
    }
    assertThat(loaded).containsExactly(1, 2, 3, 2);
    assertThat(cache.held()).isEqualTo(2 * ENTRY_BYTES);
  }

  @Test
  void aCacheOfNothingKeepsNothing() throws IOException {
    RowGroupCache cache = new RowGroupCache(0);
    ask(cache, 1);
    ask(cache, 1);
    assertThat(loaded).containsExactly(1, 1);
    assertThat(cache.held()).isZero();
  }

  @Test
  void aDatasetThatWasPreparedAnewIsNotMistakenForTheOldOne() throws IOException {
    RowGroupCache cache = new RowGroupCache(100);
    Rows old = ask(cache, 1);
    assertThat(cache.rows(new RowGroupKey("file:/few", "other", "train", 1), () -> rows()))
        .isNotSameAs(old);
  }

  @Test
  void aFailureIsToldAndNotKept() throws IOException {
    RowGroupCache cache = new RowGroupCache(100);
    assertThatThrownBy(
            () ->
                cache.rows(
                    key(1),
                    () -> {
                      throw new IOException("the shard is gone");
                    }))
        .isInstanceOf(IOException.class)
        .hasMessage("the shard is gone");
    ask(cache, 1);
    assertThat(loaded).containsExactly(1);
  }

  @Test
  void tasksThatAskAtOnceShareOneLoading() throws Exception {
    RowGroupCache cache = new RowGroupCache(100);
    AtomicInteger loadings = new AtomicInteger();
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    FutureTask<Rows> first =
        new FutureTask<>(() -> cache.rows(key(1), () -> slow(loadings, started, mayEnd)));
    new Thread(first).start();
    started.await();
    FutureTask<Rows> second =
        new FutureTask<>(() -> cache.rows(key(1), () -> slow(loadings, started, mayEnd)));
    awaitWaiting(second);
    mayEnd.countDown();
    assertThat(second.get()).isSameAs(first.get());
    assertThat(loadings).hasValue(1);
  }

  @Test
  void aTaskDoesNotInheritTheFailureOfAnother() throws Exception {
    RowGroupCache cache = new RowGroupCache(100);
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    FutureTask<Rows> killed =
        new FutureTask<>(
            () ->
                cache.rows(
                    key(1),
                    () -> {
                      slow(new AtomicInteger(), started, mayEnd);
                      throw new IOException("killed");
                    }));
    new Thread(killed).start();
    started.await();
    Rows own = rows();
    FutureTask<Rows> other = new FutureTask<>(() -> cache.rows(key(1), () -> own));
    awaitWaiting(other);
    mayEnd.countDown();
    assertThat(other.get()).isSameAs(own);
    assertThatThrownBy(killed::get).hasRootCauseMessage("killed");
  }

  @Test
  void aNegativeCapacityIsNotAccepted() {
    assertThatThrownBy(() -> new RowGroupCache(-1))
        .hasMessage("Cannot cache -1 bytes: the capacity must be at least 0");
  }

  private static Rows slow(AtomicInteger loadings, CountDownLatch started, CountDownLatch mayEnd)
      throws IOException {
    loadings.incrementAndGet();
    started.countDown();
    try {
      mayEnd.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    return rows();
  }

  private static void awaitWaiting(FutureTask<Rows> task) {
    Thread thread = new Thread(task);
    thread.start();
    while (thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
  }
}
