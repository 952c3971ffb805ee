package org.espalier.datasets.cifar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.espalier.base.Refusal;
import org.espalier.datasets.ImageShape;
import org.espalier.datasets.ImageSink;
import org.espalier.datasets.PixelImages;
import org.espalier.datasets.RowRange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Cifar10Test {
  private final Configuration hadoop = new Configuration();
  @TempDir private Path folder;
  private Path train;
  private Path test;

  @BeforeEach
  void writeReducedFiles() throws IOException {
    train = folder.resolve("data_batch_1.first3.bin");
    test = folder.resolve("test_batch.first2.bin.gz");
    Files.write(train, CifarBytes.records(9, 0, 4));
    Files.write(test, CifarBytes.gzip(CifarBytes.records(1, 2)));
  }

  private Cifar10 open() {
    return Cifar10.open(folder.toString(), hadoop);
  }

  private void assertRefused(String message, Object... values) {
    assertThatThrownBy(this::open).isInstanceOf(Refusal.class).hasMessage(message, values);
  }

  private void assertDamaged(Path file, String found) {
    assertRefused(
        "Cannot use the CIFAR-10 file file:%s: %s; download or copy it again.", file, found);
  }

  private List<Integer> labels(Cifar10 source, long from, long to) throws IOException {
    List<Integer> labels = new ArrayList<>();
    source.read(
        "train",
        new RowRange(from, to),
        hadoop,
        ImageSink.of((pixels, label) -> labels.add(label)));
    return labels;
  }

  @Test
  void reducedFilesBecomeTwoSplits() {
    Cifar10 source = open();
    assertThat(source.name()).isEqualTo("cifar10");
    assertThat(source.kind()).isEqualTo(new PixelImages(new ImageShape(3, 32, 32), 10));
    assertThat(source.rows()).isEqualTo(Map.of("train", 3L, "test", 2L));
  }

  @Test
  void pixelsFollowTheirLabel() throws IOException {
    List<Integer> corners = new ArrayList<>();
    open()
        .read(
            "train",
            new RowRange(1, 3),
            hadoop,
            ImageSink.of(
                (pixels, label) -> {
                  corners.add((int) pixels[0]);
                  corners.add((int) pixels[3071]);
                }));
    assertThat(corners).containsExactly(5, (int) (byte) 3076, 10, (int) (byte) 3081);
  }

  @Test
  void rowsAreCountedOverAllFiles() throws IOException {
    Files.write(folder.resolve("data_batch_3.first2.bin"), CifarBytes.records(7, 8));
    Files.write(folder.resolve("data_batch_2.first1.bin"), CifarBytes.records(6));
    Cifar10 source = open();
    assertThat(source.rows()).containsEntry("train", 6L);
    assertThat(labels(source, 0, 6)).containsExactly(9, 0, 4, 6, 7, 8);
    assertThat(labels(source, 2, 5)).containsExactly(4, 6, 7);
    assertThat(labels(source, 5, 6)).containsExactly(8);
  }

  @Test
  void theWholeVersionIsPreferredAndMustBeComplete() throws IOException {
    byte[] whole = CifarBytes.gzip(new byte[10_000 * CifarBytes.RECORD]);
    Files.write(folder.resolve("data_batch_1.bin.gz"), whole);
    assertRefused(
        "Cannot find all training batches of CIFAR-10 in file:%s: there is no data_batch_2.bin,"
            + " data_batch_3.bin, data_batch_4.bin, data_batch_5.bin, plain or with .gz; copy the"
            + " binary version of CIFAR-10 into this folder.",
        folder);
    for (int batch = 2; batch <= 5; batch++) {
      Files.write(folder.resolve("data_batch_" + batch + ".bin.gz"), whole);
    }
    assertThat(open().rows()).isEqualTo(Map.of("train", 50_000L, "test", 2L));
  }

  @Test
  void theFileOfNamesNamesTheClasses() throws IOException {
    Path names = folder.resolve("batches.meta.txt");
    Files.writeString(names, "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n\n");
    assertThat(open().kind().names())
        .containsExactly("a", "b", "c", "d", "e", "f", "g", "h", "i", "j");
    Files.writeString(names, "a\nb\n");
    assertRefused(
        "Cannot name the classes by file:%s: it has the names [a, b] instead of 10 different ones;"
            + " copy it again or remove it.",
        names);
  }

  @Test
  void missingBatchesAreRefused() throws IOException {
    Files.delete(test);
    assertRefused(
        "Cannot find the test batch of CIFAR-10 in file:%s: there is no test_batch.bin, plain or"
            + " with .gz; copy the binary version of CIFAR-10 into this folder.",
        folder);
    Files.delete(train);
    assertThatThrownBy(this::open)
        .isInstanceOf(Refusal.class)
        .hasMessageStartingWith(
            "Cannot find all training batches of CIFAR-10 in file:%s: there is no data_batch_1.bin,",
            folder);
  }

  @Test
  void twoReducedFilesOfABatchAreRefused() throws IOException {
    Files.write(folder.resolve("data_batch_1.first2.bin"), CifarBytes.records(9, 0));
    assertRefused(
        "Cannot choose the file of data_batch_1 in file:%s: there are data_batch_1.first2.bin and"
            + " data_batch_1.first3.bin; leave one of them there.",
        folder);
  }

  @Test
  void truncatedFilesAreRefused() throws IOException {
    byte[] records = CifarBytes.records(9, 0, 4);
    Files.write(train, Arrays.copyOf(records, records.length - 1));
    assertDamaged(train, "it ends after 9218 of the 9219 bytes of 3 records");
    Files.write(train, CifarBytes.records(9, 0));
    assertDamaged(train, "it ends after 6146 of the 9219 bytes of 3 records");
    Files.write(train, records);
    byte[] compressed = CifarBytes.gzip(CifarBytes.records(1, 2));
    Files.write(test, Arrays.copyOf(compressed, compressed.length / 2));
    assertDamaged(test, "it is truncated, the compressed data ends too early");
  }

  @Test
  void aWholeBatchOfFewerRecordsIsRefused() throws IOException {
    Path whole = folder.resolve("test_batch.bin");
    Files.write(whole, CifarBytes.records(1, 2));
    assertDamaged(whole, "it ends after 6146 of the 30730000 bytes of 10000 records");
  }

  @Test
  void damagedCompressionIsRefused() throws IOException {
    byte[] compressed = CifarBytes.gzip(CifarBytes.records(1, 2));
    compressed[compressed.length - 5] ^= 1;
    Files.write(test, compressed);
    assertDamaged(test, "it cannot be read (Corrupt GZIP trailer)");
  }

  @Test
  void trailingBytesAreRefused() throws IOException {
    Files.write(train, CifarBytes.records(9, 0, 4, 1));
    assertDamaged(train, "it goes on after the 9219 bytes of 3 records");
  }

  @Test
  void labelsOutsideTheClassesAreRefused() throws IOException {
    Files.write(train, CifarBytes.records(9, 10, 4));
    assertDamaged(train, "the label of record 1 is 10 instead of 0 to 9");
    Files.write(train, CifarBytes.records(9, 1, 255));
    assertDamaged(train, "the label of record 2 is 255 instead of 0 to 9");
  }

  @Test
  void foldersThatAreNoneAreRefused() {
    assertThatThrownBy(() -> Cifar10.open(folder + "/nowhere", hadoop))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot read cifar10 from %s/nowhere: there is no such folder; check the path.",
            folder);
    assertThatThrownBy(() -> Cifar10.open("nowhere://x/y", hadoop))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot read cifar10 from nowhere://x/y: No FileSystem for scheme \"nowhere\"; check"
                + " the path.");
  }

  @Test
  void aFileThatShrinksAfterItsCheckFailsTheReading() throws IOException {
    Cifar10 source = open();
    Files.write(train, CifarBytes.records(9, 0));
    assertThatThrownBy(() -> labels(source, 0, 3))
        .isInstanceOf(IOException.class)
        .hasMessage("Cannot read record 2 of file:%s: it changed since its check", train);
  }
}
