package org.espalier.imagenet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.espalier.datasets.DatasetLayout;
import org.espalier.datasets.DatasetManifest;
import org.espalier.datasets.JpegImages;
import org.espalier.datasets.Shard;
import org.espalier.datasets.Split;
import org.espalier.datasets.prepare.RowGroupSize;
import org.espalier.datasets.prepare.ShardFile;
import org.espalier.storage.Publication;

/** Moves finished shards into the folder of their dataset, which its manifest then finishes. */
final class ImagePublication {
  private final WorkFolder work;
  private final Configuration hadoop;

  ImagePublication(WorkFolder work, Configuration hadoop) {
    this.work = work;
    this.hadoop = hadoop;
  }

  /** Publishes shards, in the order of their splits and partitions. */
  DatasetManifest publish(
      String name, Path output, JpegImages kind, ShardPlan plan, List<FinishedShard> shards)
      throws IOException {
    try (Publication publication = Publication.begin(output, hadoop)) {
      FileSystem files = work.files();
      Path folder = publication.folder();
      TreeMap<String, List<Shard>> splits = new TreeMap<>();
      for (int partition = 0; partition < shards.size(); partition++) {
        FinishedShard finished = shards.get(partition);
        if (finished.isEmpty()) {
          continue;
        }
        String split = plan.split(partition);
        List<Shard> before = splits.computeIfAbsent(split, any -> new ArrayList<>());
        Shard shard = finished.shard(DatasetLayout.shard(split, before.size()));
        move(files, WorkFolder.parquet(work.path(), finished.name()), folder, shard.path());
        before.add(shard);
      }
      writeRejects(new Path(folder, RejectedFiles.FILE), shards);
      TreeMap<String, Split> manifestSplits = new TreeMap<>();
      for (Map.Entry<String, List<Shard>> split : splits.entrySet()) {
        manifestSplits.put(split.getKey(), new Split(split.getValue()));
      }
      DatasetManifest manifest = new DatasetManifest(name, kind.schema(), manifestSplits);
      publication.commit(manifest.json().getBytes(StandardCharsets.UTF_8));
      return manifest;
    }
  }

  /** Writes the list of all rejected files, which may have none. */
  void writeRejects(Path into, List<FinishedShard> shards) throws IOException {
    RowGroupSize rowGroups = new RowGroupSize(100_000, 1L << 23);
    try (ShardFile rejected = new ShardFile(into, hadoop, new RejectedFiles(), rowGroups)) {
      for (FinishedShard shard : shards) {
        RejectLog.copy(
            work.files(),
            WorkFolder.rejects(work.path(), shard.name()),
            shard.rejected(),
            rejected);
      }
      rejected.finish();
    }
  }

  private static void move(FileSystem files, Path from, Path folder, String path)
      throws IOException {
    Path to = new Path(folder, path);
    if (!files.mkdirs(to.getParent()) || !files.rename(from, to)) {
      throw new IOException("Cannot rename " + from + " to " + to);
    }
  }
}
