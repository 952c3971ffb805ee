package org.espalier.datasets.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.espalier.datasets.Dataset;
import org.espalier.datasets.FewImages;
import org.espalier.datasets.PixelImages;
import org.espalier.datasets.PreparedImages;
import org.espalier.datasets.RowRange;
import org.espalier.datasets.Split;
import org.espalier.datasets.order.BatchOrder;
import org.espalier.datasets.order.ShuffledOrder;
import org.espalier.datasets.order.StoredOrder;
import org.espalier.datasets.shards.RowGroupCache;
import org.espalier.datasets.shards.SplitRows;
import org.espalier.datasets.shards.UnreadableShardException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReaderTest {
  @TempDir private static Path folder;
  private static Dataset dataset;

  @BeforeAll
  static void prepare() throws IOException {
    dataset = PreparedImages.in(folder);
  }

  private static SplitRows rows(Dataset of, String split, long cacheBytes) {
    RowGroupCache cache = new RowGroupCache(cacheBytes);
    return new SplitRows(of, split, FewImages.KIND, cache, new Configuration());
  }

  private static ShuffledOrder order(int workers) {
    return new ShuffledOrder(dataset.split(Split.TRAIN), 3, workers, 8, 24);
  }

  private static void assertRow(BatchRows batch, int i, String split, long row) {
    byte[] pixels = new byte[12];
    PixelImages.pixels(batch.rows(i)).copy(batch.index(i), pixels, 0);
    assertThat(pixels).isEqualTo(FewImages.pixels(split, row));
    assertThat(PixelImages.labels(batch.rows(i)).at(batch.index(i)))
        .isEqualTo(FewImages.label(row));
    assertThat(batch.number(i)).isEqualTo(row);
  }

  @Test
  void aBatchHoldsTheRowsOfItsStepAndWorker() throws IOException {
    ShuffledOrder order = order(3);
    for (long cacheBytes : new long[] {0, 300, 1 << 20}) {
      for (int worker = 0; worker < 3; worker++) {
        BatchReader reader =
            new BatchReader(rows(dataset, Split.TRAIN, cacheBytes), order.worker(worker));
        for (long step : new long[] {0, 1, 2, 3, 4, 5, 9, 1, 0}) {
          BatchRows batch = reader.read(step);
          long[] expected = new long[8];
          BatchOrder again = order.worker(worker);
          again.rows(step, expected);
          assertThat(batch.count()).isEqualTo(8);
          assertThat(batch.epoch()).isEqualTo(step / order.stepsPerEpoch());
          for (int i = 0; i < 8; i++) {
            assertRow(batch, i, Split.TRAIN, expected[i]);
          }
        }
      }
    }
  }

  @Test
  void stepsOfOneWindowReadEveryRowGroupOnceEvenWithoutCache() throws IOException {
    Dataset copy = PreparedImages.in(Files.createDirectory(folder.resolve("copy")));
    BatchReader reader =
        new BatchReader(
            rows(copy, Split.TRAIN, 0),
            new ShuffledOrder(copy.split(Split.TRAIN), 3, 1, 103, 103).worker(0));
    BatchRows all = reader.read(0);
    Files.delete(Path.of(copy.path(copy.split(Split.TRAIN).shards().get(0)).toUri()));
    BatchRows again = reader.read(0);
    for (int i = 0; i < 103; i++) {
      assertRow(again, i, Split.TRAIN, all.number(i));
    }
    assertThatThrownBy(() -> reader.read(1))
        .isInstanceOf(UnreadableShardException.class)
        .hasMessageContaining("train/part-00000.parquet");
  }

  @Test
  void evaluationReadsEveryRowOnceInStoredOrder() throws IOException {
    for (int tasks : new int[] {1, 3, 22}) {
      long row = 0;
      for (int task = 0; task < tasks; task++) {
        StoredOrder order = new StoredOrder(RowRange.share(22, task, tasks), 8);
        BatchReader reader = new BatchReader(rows(dataset, Split.TEST, 1000), order);
        for (long step = 0; reader.has(step); step++) {
          BatchRows batch = reader.read(step);
          assertThat(batch.epoch()).isZero();
          for (int i = 0; i < batch.count(); i++) {
            assertRow(batch, i, Split.TEST, row);
            row++;
          }
        }
      }
      assertThat(row).isEqualTo(22);
    }
  }

  @Test
  void onlyTheLastStoredBatchIsShort() throws IOException {
    BatchReader reader =
        new BatchReader(rows(dataset, Split.TEST, 1000), new StoredOrder(new RowRange(3, 22), 8));
    assertThat(reader.read(1).count()).isEqualTo(8);
    BatchRows last = reader.read(2);
    assertThat(last.count()).isEqualTo(3);
    assertRow(last, 2, Split.TEST, 21);
    assertThat(reader.has(3)).isFalse();
    assertThatThrownBy(() -> reader.read(3))
        .hasMessage("Cannot read batch 3: they are numbered 0 to 2");
  }

  @Test
  void rowsBeyondTheSplitAreNotRead() {
    BatchReader reader =
        new BatchReader(rows(dataset, Split.TEST, 0), new StoredOrder(new RowRange(0, 23), 23));
    assertThatThrownBy(() -> reader.read(0)).hasMessage("There is no row 22 in a split of 22");
  }
}
