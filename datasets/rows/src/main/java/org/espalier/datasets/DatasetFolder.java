package org.espalier.datasets;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.espalier.base.Reason;
import org.espalier.base.Refusal;

/** The checks that a folder must pass before it counts as a dataset. */
final class DatasetFolder {
  private final FileSystem files;
  private final Path root;

  private DatasetFolder(FileSystem files, Path root) {
    this.files = files;
    this.root = root;
  }

  static DatasetFolder at(String uri, Configuration hadoop) {
    try {
      Path path = new Path(uri);
      FileSystem files = path.getFileSystem(hadoop);
      Path root = files.makeQualified(path);
      if (!files.getFileStatus(root).isDirectory()) {
        throw new Refusal(
            "Cannot open the dataset "
                + root
                + ": it is a file; name the folder that was prepared.");
      }
      return new DatasetFolder(files, root);
    } catch (FileNotFoundException e) {
      throw new Refusal(
          "Cannot open the dataset "
              + uri
              + ": there is no such folder; check the path or prepare the dataset first.",
          e);
    } catch (IOException | IllegalArgumentException e) {
      throw new Refusal(
          "Cannot open the dataset " + uri + ": " + Reason.of(e) + "; check the path.", e);
    }
  }

  String root() {
    return root.toString();
  }

  DatasetManifest manifest() {
    Path path = new Path(root, DatasetLayout.MANIFEST);
    try (FSDataInputStream in = files.open(path)) {
      return DatasetManifest.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (FileNotFoundException e) {
      throw new Refusal(
          "Cannot open the dataset "
              + root
              + ": it has no "
              + DatasetLayout.MANIFEST
              + ", so it is no prepared dataset; name the folder that was prepared.",
          e);
    } catch (IOException | IllegalArgumentException e) {
      throw new Refusal(
          "Cannot use the manifest "
              + path
              + ": "
              + Reason.of(e)
              + "; restore it, prepare the dataset again or use the version that wrote it.",
          e);
    }
  }

  void checkShards(DatasetManifest manifest) {
    Map<Path, Long> lengths = new HashMap<>();
    for (Split split : manifest.splits().values()) {
      for (Shard shard : split.shards()) {
        Path path = new Path(root, shard.path());
        if (!lengths.containsKey(path)) {
          lengths.putAll(list(path.getParent()));
        }
        long found = lengths.getOrDefault(path, -1L);
        if (found != shard.bytes()) {
          throw new Refusal(
              "Cannot use the shard "
                  + path
                  + ": "
                  + (found < 0 ? "it is missing" : "it has " + found + " bytes")
                  + " where the manifest says "
                  + shard.bytes()
                  + " bytes; restore the file or prepare the dataset again.");
        }
      }
    }
  }

  private Map<Path, Long> list(Path folder) {
    Map<Path, Long> lengths = new HashMap<>();
    try {
      for (FileStatus file : files.listStatus(folder)) {
        lengths.put(file.getPath(), file.getLen());
      }
      return lengths;
    } catch (FileNotFoundException e) {
      return lengths;
    } catch (IOException e) {
      throw new Refusal(
          "Cannot list " + folder + ": " + Reason.of(e) + "; make it readable for this user.", e);
    }
  }
}
