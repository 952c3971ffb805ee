package org.espalier.experiment;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.espalier.datasets.DatasetManifest;
import org.espalier.datasets.ImageShape;
import org.espalier.datasets.PixelImages;
import org.espalier.datasets.Shard;
import org.espalier.datasets.Split;
import org.espalier.datasets.rows.RowKind;

/** A dataset of digits whose manifest is sound and whose shards hold nothing. */
final class ManifestOnly {
  private ManifestOnly() {}

  /** Writes it with one row group per training shard and 100 rows for testing. */
  static void write(Path folder, int... trainingRows) throws IOException {
    write(folder, new ImageShape(1, 28, 28), trainingRows);
  }

  /** The same for images of another shape. */
  static void write(Path folder, ImageShape image, int... trainingRows) throws IOException {
    DatasetManifest manifest = manifest(new PixelImages(image, 10), trainingRows);
    write(folder, manifest, version1(manifest, image));
  }

  /** The same for rows of another kind. */
  static void write(Path folder, RowKind kind, int... trainingRows) throws IOException {
    DatasetManifest manifest = manifest(kind, trainingRows);
    write(folder, manifest, manifest.json());
  }

  private static DatasetManifest manifest(RowKind kind, int... trainingRows) {
    return new DatasetManifest(
        "few",
        kind.schema(),
        Map.of("train", split("train", trainingRows), "test", split("test", 100)));
  }

  private static void write(Path folder, DatasetManifest manifest, String json) throws IOException {
    Files.writeString(folder.resolve("manifest.json"), json, UTF_8);
    for (Split split : manifest.splits().values()) {
      for (Shard shard : split.shards()) {
        Path file = folder.resolve(shard.path());
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[1]);
      }
    }
  }

  /** The manifest as version 1 had it, whose hash is part of names that never change. */
  private static String version1(DatasetManifest manifest, ImageShape image) {
    String json = manifest.json();
    String head =
        "{\"schemaVersion\": 1, \"name\": \"%s\", "
            + "\"image\": {\"channels\": %d, \"height\": %d, \"width\": %d}, \"classes\": 10, ";
    return head.formatted(manifest.name(), image.channels(), image.height(), image.width())
        + json.substring(json.indexOf("\"splits\""));
  }

  private static Split split(String name, int... rows) {
    List<Shard> shards = new ArrayList<>();
    for (int shard = 0; shard < rows.length; shard++) {
      shards.add(
          new Shard(
              "%s/part-%05d.parquet".formatted(name, shard),
              1,
              "0".repeat(64),
              List.of(rows[shard])));
    }
    return new Split(shards);
  }
}
