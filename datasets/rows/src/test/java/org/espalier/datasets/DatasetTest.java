package org.espalier.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.espalier.base.Refusal;
import org.espalier.base.Sha256;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetTest {
  private static final byte[] CONTENT = {1, 2, 3};

  private final Configuration hadoop = new Configuration();
  @TempDir private Path folder;
  private Path dataset;
  private Path manifest;
  private Path shard;

  @BeforeEach
  void writeADataset() throws IOException {
    dataset = Files.createDirectory(folder.resolve("few"));
    manifest = dataset.resolve("manifest.json");
    shard = Files.createDirectory(dataset.resolve("train")).resolve("part-00000.parquet");
    Files.write(shard, CONTENT);
    Shard listed = new Shard("train/part-00000.parquet", 3, Sha256.of(CONTENT), List.of(2));
    Files.writeString(
        manifest,
        new DatasetManifest(
                "few",
                new PixelImages(new ImageShape(1, 1, 1), 2).schema(),
                Map.of("train", new Split(List.of(listed))))
            .json());
  }

  private Dataset open() {
    return Dataset.open(dataset.toString(), hadoop);
  }

  @Test
  void aCompleteDatasetOpens() throws IOException {
    Dataset opened = open();
    assertThat(opened.root()).isEqualTo("file:" + dataset);
    assertThat(opened.split(Split.TRAIN).rows()).isEqualTo(2);
    assertThat(opened.hash()).isEqualTo(opened.manifest().hash());
    opened.verify(hadoop);
  }

  @Test
  void aMissingFolderIsRefused() {
    String missing = folder.resolve("none").toString();
    assertThatThrownBy(() -> Dataset.open(missing, hadoop))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot open the dataset %s: there is no such folder; check the path or prepare the"
                + " dataset first.",
            missing);
  }

  @Test
  void whatIsNoPathIsRefused() {
    assertThatThrownBy(() -> Dataset.open("", hadoop))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot open the dataset : Can not create a Path from an empty string; check the path.");
    assertThatThrownBy(() -> Dataset.open("nowhere://x/y", hadoop))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("No FileSystem for scheme \"nowhere\"; check the path.");
  }

  @Test
  void aFileIsRefused() {
    assertThatThrownBy(() -> Dataset.open(shard.toString(), hadoop))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot open the dataset file:%s: it is a file; name the folder that was prepared.",
            shard);
  }

  @Test
  void aFolderWithoutManifestIsRefused() throws IOException {
    Files.delete(manifest);
    assertThatThrownBy(this::open)
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot open the dataset file:%s: it has no manifest.json, so it is no prepared"
                + " dataset; name the folder that was prepared.",
            dataset);
  }

  @Test
  void garbageForAManifestIsRefused() throws IOException {
    for (String garbage : List.of("", "null", "[1]", "7", "\0\1\2", "{", "{}")) {
      Files.writeString(manifest, garbage);
      assertThatThrownBy(this::open)
          .isInstanceOf(Refusal.class)
          .hasMessageMatching(
              "Cannot use the manifest file:.*/manifest.json: [^\\n]+; restore it, prepare the"
                  + " dataset again or use the version that wrote it.");
    }
  }

  @Test
  void aNewerSchemaIsRefused() throws IOException {
    String text = Files.readString(manifest);
    Files.writeString(
        manifest, text.replace("\"schemaVersion\" : 2", "\"schemaVersion\" : 9, \"new\" : []"));
    assertThatThrownBy(this::open)
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot use the manifest file:%s: it has schema version 9 and this version of Espalier"
                + " reads up to 2; restore it, prepare the dataset again or use the version that"
                + " wrote it.",
            manifest);
  }

  @Test
  void aMissingShardIsRefused() throws IOException {
    Files.delete(shard);
    assertThatThrownBy(this::open)
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot use the shard file:%s: it is missing where the manifest says 3 bytes; restore"
                + " the file or prepare the dataset again.",
            shard);
    Files.delete(shard.getParent());
    assertThatThrownBy(this::open).hasMessageContaining("it is missing");
  }

  @Test
  void aShortenedShardIsRefused() throws IOException {
    Files.write(shard, new byte[2]);
    assertThatThrownBy(this::open)
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("part-00000.parquet: it has 2 bytes where the manifest says 3 bytes");
  }

  @Test
  void aChangedShardIsFoundByVerification() throws IOException {
    Files.write(shard, new byte[] {1, 2, 4});
    Dataset opened = open();
    assertThatThrownBy(() -> opened.verify(hadoop))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot use the shard file:%s: its SHA-256 is %s where the manifest says %s; restore"
                + " the file or prepare the dataset again.",
            shard, Sha256.of(new byte[] {1, 2, 4}), Sha256.of(CONTENT));
  }

  @Test
  void anUnknownSplitIsRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> open().split("validation"))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot read the split 'validation' of file:%s: it is not one of [train]; name one of"
                + " these.",
            dataset);
  }
}
