package org.espalier.imagenet;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.espalier.storage.WholeFile;

/**
 * The hidden folder beside an output in which shards wait until all are finished. It outlives the
 * job: another one finds in it what fits. A shard counts when its note, named after its
 * fingerprint, is there.
 */
final class WorkFolder {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String NOTE = ".json";

  private final Path path;
  private final FileSystem files;
  private final Configuration hadoop;

  private WorkFolder(Path path, FileSystem files, Configuration hadoop) {
    this.path = path;
    this.files = files;
    this.hadoop = hadoop;
  }

  /** The working folder of an output; it need not exist. */
  static WorkFolder of(Path output, Configuration hadoop) throws IOException {
    FileSystem files = output.getFileSystem(hadoop);
    files.setWriteChecksum(false);
    Path qualified = files.makeQualified(output);
    Path path = new Path(qualified.getParent(), "." + qualified.getName() + ".preparing");
    return new WorkFolder(path, files, hadoop);
  }

  static Path parquet(Path folder, String name) {
    return new Path(folder, name + ".parquet");
  }

  static Path rejects(Path folder, String name) {
    return new Path(folder, name + ".rejects");
  }

  Path path() {
    return path;
  }

  FileSystem files() {
    return files;
  }

  void create() throws IOException {
    if (!files.mkdirs(path)) {
      throw new IOException("Cannot create the folder " + path);
    }
  }

  /** The shards that earlier jobs finished and whose files are there, by fingerprint. */
  Map<String, FinishedShard> finished() throws IOException {
    Map<String, Long> lengths = new HashMap<>();
    Map<String, FinishedShard> shards = new HashMap<>();
    try {
      RemoteIterator<FileStatus> entries = files.listStatusIterator(path);
      while (entries.hasNext()) {
        FileStatus entry = entries.next();
        String name = entry.getPath().getName();
        lengths.put(name, entry.getLen());
        if (name.endsWith(NOTE)) {
          FinishedShard shard = read(entry.getPath());
          shards.put(shard.fingerprint(), shard);
        }
      }
    } catch (FileNotFoundException e) {
      return shards;
    }
    shards.values().removeIf(shard -> !isThere(shard, lengths));
    return shards;
  }

  void note(FinishedShard shard) throws IOException {
    byte[] json = JSON.writeValueAsBytes(shard);
    WholeFile.replacing(new Path(path, shard.fingerprint() + NOTE), hadoop)
        .write(
            (fileSystem, unfinished) -> {
              try (var out = fileSystem.create(unfinished, false)) {
                out.write(json);
              }
            });
  }

  void delete() throws IOException {
    files.delete(path, true);
  }

  private static boolean isThere(FinishedShard shard, Map<String, Long> lengths) {
    Path nowhere = new Path("/");
    String parquet = parquet(nowhere, shard.name()).getName();
    return lengths.containsKey(rejects(nowhere, shard.name()).getName())
        && (shard.isEmpty() || lengths.getOrDefault(parquet, -1L) == shard.bytes());
  }

  private FinishedShard read(Path note) throws IOException {
    try (InputStream in = files.open(note)) {
      return JSON.readValue(in, FinishedShard.class);
    }
  }
}
