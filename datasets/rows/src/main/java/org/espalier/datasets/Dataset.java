package org.espalier.datasets;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.espalier.base.Refusal;
import org.espalier.base.Sha256;

/** A prepared dataset that was found complete; executors receive it from the driver. */
public final class Dataset implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String root;
  private final DatasetManifest manifest;
  private final String hash;

  private Dataset(String root, DatasetManifest manifest) {
    this.root = root;
    this.manifest = manifest;
    this.hash = manifest.hash();
  }

  /**
   * Opens the dataset in the folder {@code uri} and checks its manifest, and that every shard is
   * there in its full length.
   *
   * @throws Refusal if the folder, the manifest or a shard is missing, damaged or too new
   */
  public static Dataset open(String uri, Configuration hadoop) {
    DatasetFolder folder = DatasetFolder.at(uri, hadoop);
    DatasetManifest manifest = folder.manifest();
    folder.checkShards(manifest);
    return new Dataset(folder.root(), manifest);
  }

  /** The folder, fully qualified. */
  public String root() {
    return root;
  }

  /** What the dataset consists of. */
  public DatasetManifest manifest() {
    return manifest;
  }

  /** The manifest's hash, which stands for every byte of the dataset. */
  public String hash() {
    return hash;
  }

  /**
   * A part of the dataset.
   *
   * @throws Refusal if it has no split of that name
   */
  public Split split(String name) {
    Split split = manifest.splits().get(name);
    if (split == null) {
      throw new Refusal(
          "Cannot read the split '"
              + name
              + "' of "
              + root
              + ": it is not one of "
              + manifest.splits().keySet()
              + "; name one of these.");
    }
    return split;
  }

  /** Where a shard lies. */
  public Path path(Shard shard) {
    return new Path(root, shard.path());
  }

  /**
   * Reads every byte of every shard and compares its SHA-256 with the manifest's.
   *
   * @throws Refusal if a shard differs
   * @throws IOException if a shard cannot be read
   */
  public void verify(Configuration hadoop) throws IOException {
    for (Split split : manifest.splits().values()) {
      for (Shard shard : split.shards()) {
        String found = sha256(path(shard), hadoop);
        if (!found.equals(shard.sha256())) {
          throw new Refusal(
              "Cannot use the shard "
                  + path(shard)
                  + ": its SHA-256 is "
                  + found
                  + " where the manifest says "
                  + shard.sha256()
                  + "; restore the file or prepare the dataset again.");
        }
      }
    }
  }

  private static String sha256(Path path, Configuration hadoop) throws IOException {
    try (InputStream in = path.getFileSystem(hadoop).open(path)) {
      return Sha256.of(in);
    }
  }
}
