package org.espalier.datasets.prepare;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.espalier.base.Refusal;
import org.espalier.datasets.DatasetManifest;
import org.espalier.datasets.Shard;
import org.espalier.datasets.Split;
import org.espalier.datasets.source.RowSource;
import org.espalier.storage.Publication;

/**
 * Turns the rows of a source into a dataset: one Spark task per shard, and a folder that is
 * finished when its manifest is there.
 *
 * <p>The same source and options give the same bytes, whatever cluster runs the job and however
 * often its tasks are retried. Shards hold consecutive rows of the source.
 */
public final class PrepareDataset {
  /** Shards of the training split unless told otherwise. */
  public static final int SHARDS_DEFAULT = 8;

  /** Rows per row group unless told otherwise. */
  public static final int ROWS_PER_ROW_GROUP_DEFAULT = 1000;

  /** Bytes per row group unless told otherwise. */
  public static final long BYTES_PER_ROW_GROUP_DEFAULT = 8L << 20;

  private static final String ATTEMPTS = ".attempts";

  private final JavaSparkContext spark;
  private final RowSource source;
  private final String output;
  private int shards = SHARDS_DEFAULT;
  private int rowsPerRowGroup = ROWS_PER_ROW_GROUP_DEFAULT;
  private long bytesPerRowGroup = BYTES_PER_ROW_GROUP_DEFAULT;
  private ShardProgress progress = (done, total) -> {};

  /** Prepares {@code source} as the folder {@code output}, a URI of any Hadoop file system. */
  public PrepareDataset(JavaSparkContext spark, RowSource source, String output) {
    this.spark = spark;
    this.source = source;
    this.output = output;
  }

  /**
   * Shards of the training split, at least 1, by default {@value #SHARDS_DEFAULT}. Other splits get
   * as many as make their shards about as long, rounded, at least 1.
   */
  public PrepareDataset shards(int number) {
    shards = number;
    return this;
  }

  /**
   * Rows per row group, at least 1, by default {@value #ROWS_PER_ROW_GROUP_DEFAULT}; the last row
   * group of a shard holds what is left. A row group is what a worker reads and keeps as one piece.
   */
  public PrepareDataset rowsPerRowGroup(int rows) {
    rowsPerRowGroup = rows;
    return this;
  }

  /**
   * Bytes per row group, 1 to 2^30, by default {@value #BYTES_PER_ROW_GROUP_DEFAULT}: the row whose
   * values, before compression, reach them ends a row group that has fewer rows than it may.
   */
  public PrepareDataset bytesPerRowGroup(long bytes) {
    bytesPerRowGroup = bytes;
    return this;
  }

  /** Who is told when a shard is done. */
  public PrepareDataset progress(ShardProgress listener) {
    progress = listener;
    return this;
  }

  /**
   * Runs the job.
   *
   * @return what was published
   * @throws Refusal before anything starts, if an option is out of range or the output exists or
   *     cannot be written
   * @throws IOException if the job fails; then nothing is left at the output
   */
  public DatasetManifest run() throws IOException {
    refuseOptions();
    Configuration hadoop = spark.hadoopConfiguration();
    try (Publication publication = Publication.begin(new Path(output), hadoop)) {
      Path folder = publication.folder();
      FileSystem files = folder.getFileSystem(hadoop);
      Path attempts = new Path(folder, ATTEMPTS);
      mkdirs(files, attempts);
      List<ShardTask> tasks = ShardTask.plan(source.rows(), shards);
      ShardAttempt attempt = new ShardAttempt(source, attempts.toString(), rowGroups());
      AtomicInteger done = new AtomicInteger();
      List<WrittenShard> written =
          new TaskJob<ShardTask, WrittenShard>(spark, "prepare " + source.name(), attempt::write)
              .listener(shard -> progress.shardsDone(done.incrementAndGet(), tasks.size()))
              .run(tasks);
      DatasetManifest manifest = manifest(written);
      adopt(files, folder, written);
      files.delete(attempts, true);
      publication.commit(manifest.json().getBytes(StandardCharsets.UTF_8));
      return manifest;
    }
  }

  private void refuseOptions() {
    long rows = source.rows().get(Split.TRAIN);
    if (shards < 1 || shards > rows) {
      throw new Refusal(
          "Cannot prepare "
              + source.name()
              + " as "
              + shards
              + " shards: its training split has "
              + rows
              + " rows and no shard may be empty; choose 1 to "
              + rows
              + " shards.");
    }
    rowGroups().refuseImpossible(source.name());
  }

  private RowGroupSize rowGroups() {
    return new RowGroupSize(rowsPerRowGroup, bytesPerRowGroup);
  }

  private DatasetManifest manifest(List<WrittenShard> written) {
    SortedMap<String, List<Shard>> shardsOfSplits =
        written.stream()
            .collect(
                Collectors.groupingBy(
                    WrittenShard::split,
                    TreeMap::new,
                    Collectors.mapping(WrittenShard::shard, Collectors.toList())));
    TreeMap<String, Split> splits = new TreeMap<>();
    shardsOfSplits.forEach((name, list) -> splits.put(name, new Split(list)));
    return new DatasetManifest(source.name(), source.kind().schema(), splits);
  }

  private static void adopt(FileSystem files, Path folder, List<WrittenShard> written)
      throws IOException {
    for (WrittenShard shard : written) {
      Path path = new Path(folder, shard.shard().path());
      mkdirs(files, path.getParent());
      if (!files.rename(new Path(shard.attempt()), path)) {
        throw new IOException("Cannot rename " + shard.attempt() + " to " + path);
      }
    }
  }

  private static void mkdirs(FileSystem files, Path folder) throws IOException {
    if (!files.mkdirs(folder)) {
      throw new IOException("Cannot create the folder " + folder);
    }
  }
}
