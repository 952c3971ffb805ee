package org.espalier.datasets.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.espalier.datasets.Dataset;
import org.espalier.datasets.FewImages;
import org.espalier.datasets.PreparedImages;
import org.espalier.datasets.RowRange;
import org.espalier.datasets.Split;
import org.espalier.datasets.order.ShuffledOrder;
import org.espalier.datasets.shards.RowGroupCache;
import org.espalier.datasets.shards.SplitRows;
import org.espalier.datasets.shards.UnreadableShardException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReaderTest {
  private static final int IMAGE = 12;

  @TempDir private static Path folder;
  private static Dataset dataset;

  private final byte[] pixels = new byte[8 * IMAGE];
  private final int[] labels = new int[8];

  @BeforeAll
  static void prepare() throws IOException {
    dataset = PreparedImages.in(folder);
  }

  private static SplitRows rows(String split, long cacheBytes) {
    return new SplitRows(dataset, split, new RowGroupCache(cacheBytes), new Configuration());
  }

  private static ShuffledOrder order(int workers) {
    return new ShuffledOrder(dataset.split(Split.TRAIN), 3, workers, 8, 24);
  }

  private void assertRow(int place, String split, long row) {
    assertThat(Arrays.copyOfRange(pixels, place * IMAGE, (place + 1) * IMAGE))
        .isEqualTo(FewImages.pixels(split, row));
    assertThat(labels[place]).isEqualTo(FewImages.label(row));
  }

  @Test
  void aBatchHoldsTheRowsOfItsStepAndWorker() throws IOException {
    ShuffledOrder order = order(3);
    for (long cacheBytes : new long[] {0, 300, 1 << 20}) {
      BatchReader reader = new BatchReader(rows(Split.TRAIN, cacheBytes), order);
      for (long step : new long[] {0, 1, 2, 3, 4, 5, 9, 1, 0}) {
        for (int worker = 0; worker < 3; worker++) {
          reader.read(step, worker, pixels, labels);
          long[] expected = new long[8];
          order.worker(worker).rows(step, expected);
          for (int i = 0; i < 8; i++) {
            assertRow(i, Split.TRAIN, expected[i]);
          }
        }
      }
    }
  }

  @Test
  void stepsOfOneWindowReadEveryRowGroupOnceEvenWithoutCache() throws IOException {
    Dataset copy = PreparedImages.in(Files.createDirectory(folder.resolve("copy")));
    SplitRows rows = new SplitRows(copy, Split.TRAIN, new RowGroupCache(0), new Configuration());
    BatchReader reader =
        new BatchReader(rows, new ShuffledOrder(copy.split(Split.TRAIN), 3, 1, 103, 103));
    byte[] all = new byte[103 * IMAGE];
    int[] allLabels = new int[103];
    reader.read(0, 0, all, allLabels);
    byte[] again = new byte[all.length];
    Files.delete(Path.of(copy.path(copy.split(Split.TRAIN).shards().get(0)).toUri()));
    reader.read(0, 0, again, allLabels);
    assertThat(again).isEqualTo(all);
    assertThatThrownBy(() -> reader.read(1, 0, again, allLabels))
        .isInstanceOf(UnreadableShardException.class)
        .hasMessageContaining("train/part-00000.parquet");
  }

  @Test
  void evaluationReadsEveryRowOnceInStoredOrder() throws IOException {
    for (int tasks : new int[] {1, 3, 22}) {
      long row = 0;
      for (int task = 0; task < tasks; task++) {
        SequentialReader reader =
            new SequentialReader(rows(Split.TEST, 1000), RowRange.share(22, task, tasks));
        for (int read = reader.read(pixels, labels); read > 0; read = reader.read(pixels, labels)) {
          for (int i = 0; i < read; i++) {
            assertRow(i, Split.TEST, row);
            row++;
          }
        }
        assertThat(reader.read(pixels, labels)).isZero();
      }
      assertThat(row).isEqualTo(22);
    }
  }

  @Test
  void onlyTheLastChunkIsShort() throws IOException {
    SequentialReader reader = new SequentialReader(rows(Split.TEST, 1000), new RowRange(3, 22));
    assertThat(reader.read(pixels, labels)).isEqualTo(8);
    assertThat(reader.read(pixels, labels)).isEqualTo(8);
    assertThat(reader.read(pixels, labels)).isEqualTo(3);
    assertRow(2, Split.TEST, 21);
  }

  @Test
  void buffersThatAreTooSmallAreNotFilled() {
    String message = "Cannot put 8 images of 12 bytes into buffers of 95 bytes and 8 labels";
    assertThatThrownBy(
            () -> new BatchReader(rows(Split.TRAIN, 0), order(1)).read(0, 0, new byte[95], labels))
        .hasMessage(message);
    assertThatThrownBy(
            () ->
                new SequentialReader(rows(Split.TEST, 0), new RowRange(0, 9))
                    .read(new byte[95], labels))
        .hasMessage(message);
  }

  @Test
  void rowsBeyondTheSplitAreNotRead() {
    assertThatThrownBy(() -> new SequentialReader(rows(Split.TEST, 0), new RowRange(0, 23)))
        .hasMessage("Cannot read up to row 23: the split has 22");
  }
}
