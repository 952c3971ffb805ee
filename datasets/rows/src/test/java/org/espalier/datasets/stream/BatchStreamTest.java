package org.espalier.datasets.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.apache.hadoop.conf.Configuration;
import org.espalier.datasets.Dataset;
import org.espalier.datasets.FewImages;
import org.espalier.datasets.PreparedImages;
import org.espalier.datasets.RowRange;
import org.espalier.datasets.Split;
import org.espalier.datasets.batch.BatchReader;
import org.espalier.datasets.order.BatchOrder;
import org.espalier.datasets.order.ShuffledOrder;
import org.espalier.datasets.order.StoredOrder;
import org.espalier.datasets.shards.RowGroupCache;
import org.espalier.datasets.shards.SplitRows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchStreamTest {
  private static final int BATCH = 8;
  private static final int STEPS = 40;
  private static final long BATCH_BYTES = BATCH * CountingDecoder.ROW_BYTES;

  @TempDir private static Path folder;
  private static Dataset dataset;

  private final CountingDecoder decoder = new CountingDecoder(BATCH);
  private final ReadAhead ahead = new ReadAhead(3, 16, 1 << 20);

  @BeforeAll
  static void prepare() throws IOException {
    dataset = PreparedImages.in(folder);
  }

  @AfterEach
  void everyBufferIsFreedOnceAndNothingIsCounted() {
    await(() -> decoder.open() == 0 && ahead.batchesHeld() == 0);
    assertThat(decoder.mistakes()).isEmpty();
    assertThat(ahead.bytesHeld()).isZero();
    ahead.close();
  }

  private static BatchReader reader(BatchOrder order, String split) {
    return new BatchReader(
        new SplitRows(dataset, split, FewImages.KIND, new RowGroupCache(1000), new Configuration()),
        order);
  }

  private static BatchReader training() {
    return reader(
        new ShuffledOrder(dataset.split(Split.TRAIN), 3, 2, BATCH, 24).worker(1), Split.TRAIN);
  }

  private BatchStream<CountingDecoder.Buffer> stream(ReadAhead limits) {
    return new BatchStream<>(training(), decoder, limits);
  }

  /** The steps one after the other, by the plainest of means. */
  private static List<byte[]> plainly(BatchReader reader, int steps) throws IOException {
    List<byte[]> batches = new ArrayList<>();
    for (long step = 0; step < steps; step++) {
      CountingDecoder.Buffer buffer = new CountingDecoder.Buffer(BATCH);
      CountingDecoder.fill(reader.read(step), buffer);
      batches.add(buffer.content());
    }
    return batches;
  }

  private static byte[] content(BatchStream<CountingDecoder.Buffer> stream, long step)
      throws IOException {
    try (BatchLease<CountingDecoder.Buffer> lease = stream.at(step)) {
      return lease.batch().content();
    }
  }

  @Test
  void stepsInOrderAreThoseOfAPlainReader() throws IOException {
    List<byte[]> expected = plainly(training(), STEPS);
    try (var stream = stream(ahead)) {
      for (int step = 0; step < STEPS; step++) {
        assertThat(content(stream, step)).isEqualTo(expected.get(step));
      }
      assertThat(decoder.allocated()).isLessThan(STEPS / 2);
    }
  }

  @Test
  void anyThreadGetsAnyStepInAnyOrder() throws Exception {
    List<byte[]> expected = plainly(training(), STEPS);
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try (var stream = stream(ahead)) {
      List<Future<Void>> all = new ArrayList<>();
      for (int thread = 0; thread < 6; thread++) {
        List<Long> steps = new ArrayList<>(LongStream.range(0, STEPS).boxed().toList());
        Collections.shuffle(steps.subList(0, thread * STEPS / 5), new Random(thread));
        Callable<Void> asking =
            () -> {
              for (long step : steps) {
                assertThat(content(stream, step)).isEqualTo(expected.get((int) step));
              }
              return null;
            };
        all.add(threads.submit(asking));
      }
      for (Future<Void> each : all) {
        each.get();
      }
      assertThat(decoder.mostOpen()).isLessThanOrEqualTo(16 + 6 + 6 + 3);
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void theLastStoredBatchIsShortAndNothingIsReadBehindIt() throws IOException {
    StoredOrder order = new StoredOrder(new RowRange(0, 22), BATCH);
    List<byte[]> expected = plainly(reader(order, Split.TEST), 3);
    try (var stream = new BatchStream<>(reader(order, Split.TEST), decoder, ahead)) {
      for (int step : new int[] {2, 0, 1, 2}) {
        assertThat(content(stream, step)).isEqualTo(expected.get(step));
      }
      assertThat(content(stream, 2)).hasSize(6 * CountingDecoder.ROW_BYTES);
      assertThat(stream.has(3)).isFalse();
    }
  }

  @Test
  void whatIsHeldStaysBoundedWhileASlowConsumerLags() throws IOException {
    ReadAhead tight = new ReadAhead(2, 100, 5 * BATCH_BYTES + 1);
    List<BatchStream<CountingDecoder.Buffer>> streams = new ArrayList<>();
    for (int worker = 0; worker < 8; worker++) {
      streams.add(stream(tight));
    }
    for (long step = 0; step < 10; step++) {
      for (var stream : streams) {
        try (BatchLease<CountingDecoder.Buffer> lease = stream.at(step)) {
          pause(2);
          assertThat(tight.batchesHeld()).isLessThanOrEqualTo(5);
          assertThat(tight.bytesHeld()).isLessThanOrEqualTo(5 * BATCH_BYTES);
          assertThat(lease.batch().count).isEqualTo(BATCH);
        }
      }
    }
    assertThat(tight.batchesHeld()).isPositive();
    assertThat(decoder.mostOpen()).isLessThanOrEqualTo(5 + 1 + 2);
    streams.forEach(BatchStream::close);
    await(() -> tight.batchesHeld() == 0);
    tight.close();
  }

  @Test
  void aConsumerThatStopsAskingHasTwoBatchesReadAhead() throws IOException {
    try (var stream = stream(ahead)) {
      content(stream, 0);
      pause(50);
      assertThat(ahead.batchesHeld()).isLessThanOrEqualTo(3);
    }
  }

  @Test
  void withoutRoomToReadAheadEveryStepIsDecodedWhenAsked() throws IOException {
    ReadAhead none = new ReadAhead(1, 0, 0);
    List<byte[]> expected = plainly(training(), 5);
    try (var stream = stream(none)) {
      for (int step = 0; step < 5; step++) {
        assertThat(content(stream, step)).isEqualTo(expected.get(step));
        assertThat(decoder.open()).isZero();
      }
    }
    none.close();
  }

  @Test
  void aFailureIsToldToWhoeverAsksForThatStepAndTriedAgain() throws IOException {
    BatchReader plain = training();
    long rowOfStep2 = plain.read(2).number(0);
    List<byte[]> expected = plainly(plain, 4);
    decoder.failAt(rowOfStep2);
    try (var stream = stream(ahead)) {
      assertThat(content(stream, 0)).isEqualTo(expected.get(0));
      assertThat(content(stream, 1)).isEqualTo(expected.get(1));
      for (int again = 0; again < 2; again++) {
        assertThatThrownBy(() -> stream.at(2))
            .isInstanceOf(IOException.class)
            .hasMessage("row " + rowOfStep2 + " is no image")
            .cause()
            .hasMessage("row " + rowOfStep2 + " is no image");
      }
      decoder.failNoMore();
      assertThat(content(stream, 2)).isEqualTo(expected.get(2));
      assertThat(content(stream, 3)).isEqualTo(expected.get(3));
    }
  }

  @Test
  void aConsumerThatIsKilledWhileItWaitsLeaksNothing() throws Exception {
    try (var stream = stream(ahead)) {
      content(stream, 0);
      await(() -> decoder.decoded() == 3);
      CountDownLatch gate = decoder.hold();
      content(stream, 1);
      await(() -> decoder.held() == 1);
      FutureTask<byte[]> killed = new FutureTask<>(() -> content(stream, 3));
      Thread consumer = new Thread(killed);
      consumer.start();
      await(() -> consumer.getState() == Thread.State.WAITING);
      consumer.interrupt();
      assertThatThrownBy(killed::get).hasCauseInstanceOf(InterruptedIOException.class);
      gate.countDown();
    }
  }

  @Test
  void aLeaseThatIsForgottenGoesBack() throws IOException {
    try (var stream = stream(ahead)) {
      forget(stream);
    }
    await(
        () -> {
          System.gc();
          return decoder.open() == 0;
        });
  }

  private static void forget(BatchStream<CountingDecoder.Buffer> stream) throws IOException {
    assertThat(stream.at(5).batch().count).isEqualTo(BATCH);
  }

  @Test
  void aLeaseOutlivesItsStream() throws IOException {
    byte[] expected = plainly(training(), 1).get(0);
    var stream = stream(ahead);
    BatchLease<CountingDecoder.Buffer> lease = stream.at(0);
    stream.close();
    stream.close();
    assertThat(lease.batch().content()).isEqualTo(expected);
    await(() -> decoder.open() == 1);
    lease.close();
    lease.close();
    assertThat(decoder.open()).isZero();
    assertThatThrownBy(() -> stream.at(1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Cannot read batch 1: the stream is closed");
  }

  @Test
  void roundsShareAStreamUntilItsRunEnds() throws IOException {
    Streams streams = new Streams(Duration.ofMinutes(1));
    StreamKey key = new StreamKey("run", 0);
    for (long step = 0; step < 20; step++) {
      long wanted = step;
      try (BatchLease<CountingDecoder.Buffer> lease =
          streams.ask(key, () -> stream(ahead), opened -> opened.at(wanted))) {
        assertThat(lease.batch().count).isEqualTo(BATCH);
      }
    }
    streams.ask(new StreamKey("other run", 0), () -> stream(ahead), opened -> opened.has(0));
    assertThat(streams.open()).isEqualTo(2);
    assertThat(decoder.allocated()).isLessThan(10);
    streams.close("run");
    assertThat(streams.open()).isEqualTo(1);
    streams.close();
  }

  @Test
  void aStreamThatNobodyAsksIsClosed() throws IOException {
    Streams streams = new Streams(Duration.ofMillis(40));
    StreamKey key = new StreamKey("run", 0);
    byte[] first = streams.ask(key, () -> stream(ahead), opened -> content(opened, 0));
    await(() -> streams.open() == 0);
    assertThat(
            streams.<CountingDecoder.Buffer, byte[]>ask(
                key, () -> stream(ahead), opened -> content(opened, 0)))
        .isEqualTo(first);
    await(() -> streams.open() == 0);
  }

  @Test
  void threadsAreDaemonsThatEnd() throws IOException {
    ReadAhead shortLived = new ReadAhead(2, 10, 1 << 20);
    try (var stream = stream(shortLived)) {
      content(stream, 0);
      assertThat(readers()).isNotEmpty().allMatch(Thread::isDaemon);
    }
    await(() -> shortLived.batchesHeld() == 0);
    shortLived.close();
    ahead.close();
    await(() -> readers().isEmpty());
  }

  @Test
  void boundsBelowNothingAreNotAccepted() {
    assertThatThrownBy(() -> new ReadAhead(0, -1, 5))
        .hasMessage(
            "Cannot read ahead -1 batches of 5 bytes on 0 threads: bounds must be at least 0 and"
                + " threads at least 1");
  }

  private static List<Thread> readers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("espalier-read-ahead-"))
        .toList();
  }

  private static void await(BooleanSupplier condition) {
    for (int i = 0; i < 1000 && !condition.getAsBoolean(); i++) {
      pause(10);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
