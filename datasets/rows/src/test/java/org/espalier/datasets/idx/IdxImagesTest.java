package org.espalier.datasets.idx;

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

class IdxImagesTest {
  private final Configuration hadoop = new Configuration();
  @TempDir private Path folder;
  private Path trainImages;
  private Path trainLabels;

  @BeforeEach
  void writeFourFiles() throws IOException {
    trainImages = folder.resolve("train-images-idx3-ubyte");
    trainLabels = folder.resolve("train-labels-idx1-ubyte");
    Files.write(trainImages, IdxBytes.images(3));
    Files.write(trainLabels, IdxBytes.labels(9, 0, 4));
    Files.write(folder.resolve("t10k-images-idx3-ubyte"), IdxBytes.images(2));
    Files.write(folder.resolve("t10k-labels-idx1-ubyte"), IdxBytes.labels(1, 2));
  }

  private IdxImages open() {
    return IdxImages.mnist(folder.toString(), hadoop);
  }

  private void assertRefused(String message, Object... values) {
    assertThatThrownBy(this::open).isInstanceOf(Refusal.class).hasMessage(message, values);
  }

  private void assertDamaged(Path file, String found) {
    assertRefused("Cannot use the IDX file file:%s: %s; download or copy it again.", file, found);
  }

  private List<Integer> labels(IdxImages source, RowRange range) throws IOException {
    List<Integer> labels = new ArrayList<>();
    source.read("train", range, hadoop, ImageSink.of((pixels, label) -> labels.add(label)));
    return labels;
  }

  @Test
  void theFourFilesBecomeTwoSplits() {
    IdxImages source = open();
    assertThat(source.name()).isEqualTo("mnist");
    assertThat(source.kind()).isEqualTo(new PixelImages(new ImageShape(1, 28, 28), 10));
    assertThat(source.rows()).isEqualTo(Map.of("train", 3L, "test", 2L));
    assertThat(IdxImages.fashionMnist(folder.toString(), hadoop).name()).isEqualTo("fashion-mnist");
  }

  @Test
  void rowsAreReadFromAnyRowOn() throws IOException {
    assertThat(labels(open(), new RowRange(0, 3))).containsExactly(9, 0, 4);
    assertThat(labels(open(), new RowRange(1, 3))).containsExactly(0, 4);
    List<Integer> corners = new ArrayList<>();
    open()
        .read(
            "train",
            new RowRange(1, 3),
            hadoop,
            ImageSink.of(
                (pixels, label) -> {
                  corners.add((int) pixels[0]);
                  corners.add((int) pixels[783]);
                }));
    assertThat(corners).containsExactly(5, (int) (byte) 788, 10, (int) (byte) 793);
  }

  @Test
  void compressedFilesAndOtherSpellingsAreFound() throws IOException {
    Files.delete(trainImages);
    Files.delete(trainLabels);
    Files.write(folder.resolve("train-images-idx3-ubyte.gz"), IdxBytes.gzip(IdxBytes.images(3)));
    Files.write(folder.resolve("train-labels.idx1-ubyte"), IdxBytes.labels(9, 0, 4));
    assertThat(labels(open(), new RowRange(2, 3))).containsExactly(4);
  }

  @Test
  void compressionIsToldByContentAndNotByName() throws IOException {
    Files.write(trainLabels, IdxBytes.gzip(IdxBytes.labels(9, 0, 4)));
    Files.delete(trainImages);
    Files.write(folder.resolve("train-images.idx3-ubyte.gz"), IdxBytes.images(3));
    assertThat(labels(open(), new RowRange(0, 2))).containsExactly(9, 0);
  }

  @Test
  void aMissingFileIsRefusedWithTheNamesLookedFor() throws IOException {
    Files.delete(trainLabels);
    assertRefused(
        "Cannot find the train-labels in file:%s: none of train-labels-idx1-ubyte,"
            + " train-labels-idx1-ubyte.gz, train-labels.idx1-ubyte, train-labels.idx1-ubyte.gz"
            + " exists; download all four IDX files into this folder.",
        folder);
  }

  @Test
  void anUnknownFileSystemIsRefused() {
    assertThatThrownBy(() -> IdxImages.mnist("nowhere://x/y", hadoop))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot read mnist from nowhere://x/y: No FileSystem for scheme \"nowhere\"; check the"
                + " path.");
  }

  @Test
  void labelsInPlaceOfImagesAreRefused() throws IOException {
    Files.write(trainImages, IdxBytes.labels(1, 2, 3));
    assertDamaged(trainImages, "it starts with 0x00000801 instead of 0x00000803");
  }

  @Test
  void aHeaderThatIsCutIsRefused() throws IOException {
    for (int length : new int[] {0, 1, 3, 4, 15}) {
      Files.write(trainImages, Arrays.copyOf(IdxBytes.images(3), length));
      assertDamaged(trainImages, "it ends within its header");
    }
  }

  @Test
  void impossibleSizesAreRefused() throws IOException {
    Files.write(trainImages, IdxBytes.file(new byte[0], 0x803, 0, 28, 28));
    assertDamaged(trainImages, "its header announces 0 items instead of 1 or more");
    Files.write(trainImages, IdxBytes.file(new byte[0], 0x803, -1, 28, 28));
    assertDamaged(trainImages, "its header announces -1 items instead of 1 or more");
    Files.write(trainImages, IdxBytes.file(new byte[784], 0x803, 1, 14, 56));
    assertDamaged(trainImages, "its header has the size 14 instead of 28");
  }

  @Test
  void aTruncatedPlainFileIsRefused() throws IOException {
    byte[] images = IdxBytes.images(3);
    Files.write(trainImages, Arrays.copyOf(images, images.length - 1));
    assertDamaged(trainImages, "it ends after 2351 of the 2352 bytes it announces");
  }

  @Test
  void aTruncatedCompressedFileIsRefused() throws IOException {
    byte[] whole = IdxBytes.gzip(IdxBytes.labels(9, 0, 4));
    Files.write(trainLabels, Arrays.copyOf(whole, whole.length - 3));
    assertThatThrownBy(this::open)
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("Cannot use the IDX file file:" + trainLabels + ": it ")
        .hasMessageEndingWith("; download or copy it again.");
    byte[] images = IdxBytes.gzip(IdxBytes.images(3));
    Files.write(trainLabels, whole);
    Files.write(trainImages, Arrays.copyOf(images, images.length / 2));
    assertThatThrownBy(this::open)
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("of the 2352 bytes it announces; download or copy it again.");
  }

  @Test
  void aDamagedCompressedFileIsRefused() throws IOException {
    byte[] images = IdxBytes.gzip(IdxBytes.images(3));
    images[images.length - 5] ^= 1;
    Files.write(trainImages, images);
    assertDamaged(trainImages, "it cannot be read (Corrupt GZIP trailer)");
  }

  @Test
  void trailingBytesAreRefused() throws IOException {
    byte[] images = IdxBytes.images(3);
    Files.write(trainImages, Arrays.copyOf(images, images.length + 1));
    assertDamaged(trainImages, "it goes on after the 2352 bytes that it announces");
  }

  @Test
  void labelsOutsideTheClassesAreRefused() throws IOException {
    Files.write(trainLabels, IdxBytes.labels(9, 10, 4));
    assertDamaged(trainLabels, "label 1 is 10 instead of 0 to 9");
    Files.write(trainLabels, IdxBytes.labels(9, 1, 255));
    assertDamaged(trainLabels, "label 2 is 255 instead of 0 to 9");
  }

  @Test
  void imagesAndLabelsOfDifferentNumberAreRefused() throws IOException {
    Files.write(trainLabels, IdxBytes.labels(9, 0));
    assertRefused(
        "Cannot pair file:%s with file:%s: there are 3 images and 2 labels; use two files of the"
            + " same split.",
        trainImages, trainLabels);
  }

  @Test
  void aFolderInPlaceOfAFileIsRefused() throws IOException {
    Files.delete(trainImages);
    Files.createDirectory(trainImages);
    assertThatThrownBy(this::open)
        .isInstanceOf(Refusal.class)
        .hasMessageContaining(
            "Cannot use the IDX file file:" + trainImages + ": it cannot be read");
  }

  @Test
  void aFileThatShrinksAfterItsCheckFailsTheReading() throws IOException {
    IdxImages source = open();
    Files.write(trainImages, IdxBytes.images(2));
    assertThatThrownBy(() -> labels(source, new RowRange(0, 3)))
        .isInstanceOf(IOException.class)
        .hasMessage("Cannot read row 2 of file:%s: it changed since its check", trainImages);
  }
}
