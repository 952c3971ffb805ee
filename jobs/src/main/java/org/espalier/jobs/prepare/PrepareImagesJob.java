package org.espalier.jobs.prepare;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.espalier.datasets.DatasetManifest;
import org.espalier.datasets.prepare.PrepareDataset;
import org.espalier.datasets.source.RowSource;
import org.espalier.jobs.shell.Cluster;
import org.espalier.jobs.shell.ClusterSettings;
import org.espalier.jobs.shell.Console;
import org.espalier.jobs.shell.Job;
import org.espalier.jobs.shell.Progress;
import org.espalier.storage.Publication;
import picocli.CommandLine.Option;

/** What preparing any dataset of images has in common. */
abstract class PrepareImagesJob extends Job {
  private static final String DEFAULT_MASTER = "local[*]";

  @Option(
      names = "--output",
      paramLabel = "URI",
      required = true,
      description = "Folder of the dataset; it must not exist yet.")
  private String output;

  @Option(
      names = "--shards",
      paramLabel = "N",
      defaultValue = "" + PrepareDataset.SHARDS_DEFAULT,
      description = "Shards of the training split (default: ${DEFAULT-VALUE}).")
  private int shards;

  @Option(
      names = "--rows-per-group",
      paramLabel = "N",
      defaultValue = "" + PrepareDataset.ROWS_PER_ROW_GROUP_DEFAULT,
      description =
          "Most examples of a Parquet row group, what a worker reads at once (default:"
              + " ${DEFAULT-VALUE}).")
  private int rowsPerGroup;

  @Option(
      names = "--bytes-per-group",
      paramLabel = "N",
      defaultValue = "" + PrepareDataset.BYTES_PER_ROW_GROUP_DEFAULT,
      description =
          "Bytes, before compression, after which a row group ends that has fewer examples (default:"
              + " ${DEFAULT-VALUE}).")
  private long bytesPerGroup;

  /** The raw data, completely checked. */
  abstract RowSource source(Configuration hadoop);

  @Override
  protected final Map<String, Object> run(Console console) throws Exception {
    SparkConf settings = ClusterSettings.of("espalier prepare", options(), DEFAULT_MASTER);
    Configuration hadoop = Cluster.hadoop(settings);
    RowSource source = source(hadoop);
    Publication.rehearse(new Path(output), hadoop);
    try (Cluster cluster = Cluster.forFiles(settings)) {
      Progress progress = console.progress("shard");
      DatasetManifest manifest =
          new PrepareDataset(cluster.spark(), source, output)
              .shards(shards)
              .rowsPerRowGroup(rowsPerGroup)
              .bytesPerRowGroup(bytesPerGroup)
              .progress((done, total) -> progress.at(done, total, source.name()))
              .run();
      progress.done();
      return report(console, manifest);
    }
  }

  private Map<String, Object> report(Console console, DatasetManifest manifest) {
    Map<String, Object> rows = new LinkedHashMap<>();
    manifest.splits().forEach((name, split) -> rows.put(name, split.rows()));
    console.result(
        "prepared: %s rows=%s output=%s hash=sha256:%s"
            .formatted(manifest.name(), rows, output, manifest.hash()));
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("dataset", manifest.name());
    values.put("output", output);
    values.put("rows", rows);
    values.put("hash", "sha256:" + manifest.hash());
    return values;
  }
}
