package org.espalier.wmt14;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.espalier.datasets.DatasetLayout;
import org.espalier.datasets.DatasetManifest;
import org.espalier.datasets.SentencePairs;
import org.espalier.datasets.Shard;
import org.espalier.datasets.Split;
import org.espalier.storage.Publication;
import org.espalier.text.subwords.Vocabulary;

/** The folder of a dataset of sentence pairs while it is made, which its manifest finishes. */
final class PairPublication implements AutoCloseable {
  private static final String ATTEMPTS = ".attempts";

  private final Publication publication;
  private final Path folder;
  private final FileSystem files;
  private final TreeMap<String, Split> splits = new TreeMap<>();

  PairPublication(Path output, Configuration hadoop) throws IOException {
    publication = Publication.begin(output, hadoop);
    folder = publication.folder();
    files = folder.getFileSystem(hadoop);
    mkdirs(attempts());
  }

  /** Where attempts are written. */
  Path attempts() {
    return new Path(folder, ATTEMPTS);
  }

  /** Moves the shards of a split to their places. Returns false if it has none. */
  boolean adopt(String split, List<EncodedShard> encoded) throws IOException {
    List<Shard> shards = new ArrayList<>();
    mkdirs(new Path(folder, split));
    for (EncodedShard shard : encoded) {
      String path = DatasetLayout.shard(split, shards.size());
      if (shard.at(path).isPresent()) {
        Path to = new Path(folder, path);
        if (!files.rename(new Path(shard.attempt()), to)) {
          throw new IOException("Cannot rename " + shard.attempt() + " to " + to);
        }
        shards.add(shard.at(path).get());
      }
    }
    if (!shards.isEmpty()) {
      splits.put(split, new Split(shards));
    }
    return !shards.isEmpty();
  }

  /** Writes the vocabulary and then the manifest, which makes the folder a dataset. */
  DatasetManifest publish(String name, SentencePairs kind, Vocabulary vocabulary)
      throws IOException {
    files.delete(attempts(), true);
    try (OutputStream out = files.create(new Path(folder, DatasetLayout.VOCABULARY), false)) {
      out.write(vocabulary.file());
    }
    DatasetManifest manifest = new DatasetManifest(name, kind.schema(), splits);
    publication.commit(manifest.json().getBytes(StandardCharsets.UTF_8));
    return manifest;
  }

  @Override
  public void close() {
    publication.close();
  }

  private void mkdirs(Path path) throws IOException {
    if (!files.mkdirs(path)) {
      throw new IOException("Cannot create the folder " + path);
    }
  }
}
