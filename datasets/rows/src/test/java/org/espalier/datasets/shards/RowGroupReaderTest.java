package org.espalier.datasets.shards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.espalier.datasets.Dataset;
import org.espalier.datasets.DatasetManifest;
import org.espalier.datasets.FewImages;
import org.espalier.datasets.ImageShape;
import org.espalier.datasets.PixelImages;
import org.espalier.datasets.PreparedImages;
import org.espalier.datasets.Shard;
import org.espalier.datasets.Split;
import org.espalier.datasets.rows.Rows;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowGroupReaderTest {
  private final Configuration hadoop = new Configuration();
  @TempDir private Path folder;
  private Dataset dataset;
  private PixelImages kind = FewImages.KIND;
  private Shard shard;
  private Path file;

  @BeforeEach
  void prepare() throws IOException {
    dataset = PreparedImages.in(folder);
    shard = dataset.split(Split.TRAIN).shards().get(1);
    file = folder.resolve("few").resolve(shard.path());
  }

  private Rows read(int rowGroup) throws IOException {
    return new RowGroupReader(dataset, kind, hadoop).read(shard, rowGroup);
  }

  private void assertUnreadable(String reason) {
    assertThatThrownBy(() -> read(0))
        .isInstanceOf(UnreadableShardException.class)
        .hasMessageStartingWith("Cannot read the shard file:" + file + ": ")
        .hasMessageContaining(reason)
        .hasMessageEndingWith("; restore the file or prepare the dataset again.");
  }

  /** Opens the dataset with a manifest that differs from what was prepared. */
  private void claim(PixelImages claimedKind, Shard claimed) throws IOException {
    kind = claimedKind;
    Files.writeString(
        folder.resolve("few/manifest.json"),
        new DatasetManifest("few", kind.schema(), Map.of(Split.TRAIN, new Split(List.of(claimed))))
            .json());
    dataset = Dataset.open(folder.resolve("few").toString(), hadoop);
    shard = claimed;
  }

  @Test
  void aRowGroupHoldsTheRowsThatWereWritten() throws IOException {
    int firstRow = 25;
    Rows rows = read(2);
    assertThat(rows.count()).isEqualTo(6);
    byte[] pixels = new byte[14];
    for (int row = 0; row < 6; row++) {
      PixelImages.pixels(rows).copy(row, pixels, 2);
      byte[] expected = new byte[14];
      System.arraycopy(FewImages.pixels("train", firstRow + 20 + row), 0, expected, 2, 12);
      assertThat(pixels).isEqualTo(expected);
      assertThat(PixelImages.labels(rows).at(row)).isEqualTo(FewImages.label(firstRow + 20 + row));
    }
  }

  @Test
  void aMissingShardIsNamed() throws IOException {
    Files.delete(file);
    assertUnreadable("it does not exist on the machine that needs it");
  }

  @Test
  void aShortenedShardIsNamed() throws IOException {
    Files.write(file, new byte[7]);
    assertUnreadable("it has 7 bytes where the manifest says " + shard.bytes() + " bytes");
  }

  @Test
  void aShardWithoutFooterIsNamed() throws IOException {
    Files.write(file, new byte[(int) shard.bytes()]);
    assertUnreadable("is not a Parquet file");
  }

  @Test
  void anyChangedPageIsNoticed() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    for (int at = 45; at < 110; at += 13) {
      byte[] damaged = bytes.clone();
      damaged[at] ^= 0x10;
      Files.write(file, damaged);
      assertUnreadable("");
    }
  }

  @Test
  void rowGroupsThatDifferFromTheManifestAreNoticed() throws IOException {
    claim(FewImages.KIND, new Shard(shard.path(), shard.bytes(), shard.sha256(), List.of(10, 16)));
    assertUnreadable(
        "it has row groups of [10, 10, 6] where the manifest says row groups of [10, 16]");
  }

  @Test
  void imagesAndLabelsThatDifferFromTheManifestAreNoticed() throws IOException {
    claim(new PixelImages(new ImageShape(1, 3, 2), 5), shard);
    assertUnreadable("it has an image of 12 bytes instead of 6");
    claim(new PixelImages(new ImageShape(2, 3, 2), 2), shard);
    assertUnreadable("it has the label 4 instead of 0 to 1");
  }
}
