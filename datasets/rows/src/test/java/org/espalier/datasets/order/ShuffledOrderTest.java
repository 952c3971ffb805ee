package org.espalier.datasets.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.espalier.base.Refusal;
import org.espalier.base.Sha256;
import org.espalier.datasets.Manifests;
import org.espalier.datasets.RowGroupIndex;
import org.espalier.datasets.Split;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShuffledOrderTest {
  private static final Split UNEVEN =
      new Split(
          List.of(
              Manifests.shard("train", 0, 40, 40, 17),
              Manifests.shard("train", 1, 1),
              Manifests.shard("train", 2, 40, 40, 40, 3),
              Manifests.shard("train", 3, 25)));
  private static final int ROWS = 246;

  private static ShuffledOrder order(int workers, int batch) {
    return new ShuffledOrder(UNEVEN, 7, workers, batch, 32);
  }

  private static long[] rows(ShuffledOrder order, long step, int worker) {
    long[] rows = new long[order.batch()];
    order.worker(worker).rows(step, rows);
    return rows;
  }

  private static long[] epoch(ShuffledOrder order, long epoch, int worker) {
    WorkerOrder rows = order.worker(worker);
    int steps = (int) order.stepsPerEpoch();
    long[] all = new long[steps * order.batch()];
    long[] batch = new long[order.batch()];
    for (int step = 0; step < steps; step++) {
      rows.rows(epoch * steps + step, batch);
      System.arraycopy(batch, 0, all, step * batch.length, batch.length);
    }
    return all;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void aRowIsReadAtMostOncePerEpoch(int workers) {
    ShuffledOrder order = order(workers, 4);
    for (int epoch = 0; epoch < 3; epoch++) {
      Set<Long> seen = new HashSet<>();
      for (int worker = 0; worker < workers; worker++) {
        for (long row : epoch(order, epoch, worker)) {
          assertThat(row).isBetween(0L, ROWS - 1L);
          assertThat(seen.add(row)).isTrue();
        }
      }
      assertThat(seen).hasSize(ROWS / workers / 4 * 4 * workers);
    }
  }

  @Test
  void everyRowIsReadWhereNothingIsLeftOver() {
    long[] rows = epoch(order(1, 1), 0, 0);
    Arrays.sort(rows);
    for (int i = 0; i < ROWS; i++) {
      assertThat(rows[i]).isEqualTo(i);
    }
  }

  @Test
  void theOrderNeverChanges() {
    MessageDigest digest = Sha256.digest();
    ShuffledOrder order = order(3, 5);
    for (int epoch = 0; epoch < 3; epoch++) {
      for (int worker = 0; worker < 3; worker++) {
        for (long row : epoch(order, epoch, worker)) {
          digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, row));
        }
      }
    }
    assertThat(Sha256.hex(digest.digest()))
        .isEqualTo("394297609c28ccecc8610de5c421d29e8092d6b7523e25b2b3d49bc1baf3ea15");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 32, 1000})
  void anyStepCanBeAskedFirst(int windowRows) {
    ShuffledOrder order = new ShuffledOrder(UNEVEN, 7, 3, 5, windowRows);
    WorkerOrder forwards = order.worker(1);
    WorkerOrder backwards = order.worker(1);
    long steps = 4 * order.stepsPerEpoch();
    long[][] expected = new long[(int) steps][order.batch()];
    for (int step = 0; step < steps; step++) {
      forwards.rows(step, expected[step]);
      assertThat(rows(order, step, 1)).isEqualTo(expected[step]);
    }
    long[] again = new long[order.batch()];
    for (int step = (int) steps - 1; step >= 0; step--) {
      backwards.rows(step, again);
      assertThat(again).isEqualTo(expected[step]);
    }
  }

  @Test
  void epochsSeedsAndShardNamesGiveOtherOrders() {
    long[] first = epoch(order(2, 4), 0, 0);
    assertThat(epoch(order(2, 4), 1, 0)).isNotEqualTo(first);
    assertThat(epoch(order(2, 4), 0, 1)).isNotEqualTo(first);
    assertThat(epoch(new ShuffledOrder(UNEVEN, 8, 2, 4, 32), 0, 0)).isNotEqualTo(first);
    Split renamed =
        new Split(
            List.of(
                Manifests.shard("train", 4, 40, 40, 17),
                Manifests.shard("train", 1, 1),
                Manifests.shard("train", 2, 40, 40, 40, 3),
                Manifests.shard("train", 3, 25)));
    assertThat(epoch(new ShuffledOrder(renamed, 7, 2, 4, 32), 0, 0)).isNotEqualTo(first);
  }

  @Test
  void aWorkerReadsOnlyItsShareOfTheRowGroups() {
    Integer[] groups = new Integer[40];
    Arrays.fill(groups, 10);
    Split split = new Split(List.of(Manifests.shard("train", 0, groups)));
    RowGroupIndex index = new RowGroupIndex(split);
    ShuffledOrder order = new ShuffledOrder(split, 1, 8, 5, 1000);
    for (int worker = 0; worker < 8; worker++) {
      Set<Integer> touched = new HashSet<>();
      for (long row : epoch(order, 0, worker)) {
        touched.add(index.groupOf(row));
      }
      assertThat(touched).hasSize(5);
    }
  }

  @Test
  void rowsMoveWithinTheirWindowOnly() {
    ShuffledOrder unmoved = new ShuffledOrder(UNEVEN, 7, 1, 1, 1);
    ShuffledOrder moved = new ShuffledOrder(UNEVEN, 7, 1, 1, 50);
    long[] straight = epoch(unmoved, 0, 0);
    long[] shuffled = epoch(moved, 0, 0);
    assertThat(shuffled).isNotEqualTo(straight);
    for (int start = 0; start < ROWS; start += 50) {
      long[] expected = Arrays.copyOfRange(straight, start, Math.min(start + 50, ROWS));
      long[] found = Arrays.copyOfRange(shuffled, start, Math.min(start + 50, ROWS));
      assertThat(found).isNotEqualTo(expected);
      assertThat(found).containsExactlyInAnyOrder(expected);
    }
  }

  @Test
  void consecutiveWindowsAreCountedOverEpochs() {
    ShuffledOrder order = order(1, 16);
    WorkerOrder worker = order.worker(0);
    assertThat(order.stepsPerEpoch()).isEqualTo(15);
    assertThat(worker.window(0)).isEqualTo(0);
    assertThat(worker.window(1)).isEqualTo(0);
    assertThat(worker.window(2)).isEqualTo(1);
    assertThat(worker.window(14)).isEqualTo(7);
    assertThat(worker.window(15)).isEqualTo(8);
  }

  @Test
  void moreWorkersThanRowsCanFeedAreRefused() {
    assertThatThrownBy(() -> order(8, 31))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot train 8 workers with 31 rows each per step: the split has only 246 rows;"
                + " choose fewer workers or a smaller batch.");
  }

  @Test
  void numbersBelowOneAreRefused() {
    assertThatThrownBy(() -> order(0, 1))
        .isInstanceOf(Refusal.class)
        .hasMessage("Cannot order rows for 0 workers: choose a number of at least 1.");
    assertThatThrownBy(() -> order(1, 0))
        .hasMessage("Cannot order rows for 0 rows per batch: choose a number of at least 1.");
    assertThatThrownBy(() -> new ShuffledOrder(UNEVEN, 7, 1, 1, -2))
        .hasMessage("Cannot order rows for -2 rows per window: choose a number of at least 1.");
  }

  @Test
  void wrongQuestionsAreNotAnswered() {
    WorkerOrder worker = order(2, 4).worker(0);
    assertThatThrownBy(() -> worker.rows(-1, new long[4]))
        .hasMessage("Cannot read step -1: steps start at 0");
    assertThatThrownBy(() -> worker.rows(0, new long[3]))
        .hasMessage("Cannot put a batch of 4 rows into an array of 3");
    assertThatThrownBy(() -> order(2, 4).worker(2))
        .hasMessage("Cannot take part 2 of 2: parts are numbered from 0");
  }
}
