package org.espalier.imagenet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;
import org.espalier.base.Refusal;
import org.espalier.datasets.DatasetManifest;
import org.espalier.datasets.JpegImages;
import org.espalier.datasets.Split;
import org.espalier.datasets.prepare.PrepareDataset;
import org.espalier.datasets.prepare.RowGroupSize;
import org.espalier.images.JpegDecoder;
import org.espalier.storage.Publication;
import scala.Tuple2;

/**
 * Turns images into a dataset: a Spark job lists them and deals them to shards in an order that is
 * random and a function of their names; another writes a shard per task. Files that no decoder
 * reads are left out and listed in {@code rejected.parquet} beside the manifest.
 *
 * <p>The same input and options give the same bytes, whatever cluster runs the job and however
 * often its tasks are retried. Finished shards wait in a hidden folder beside the output; a job
 * that was killed or refused finds them there and makes only those that are missing or whose files
 * or options are others.
 */
public final class PrepareImages {
  /** Rejected files with which a dataset is still published, unless told otherwise. */
  public static final long MAX_REJECTED_DEFAULT = 100;

  /** Bytes of files that make a shard where nobody says how many there are to be. */
  public static final long BYTES_PER_SHARD = 128L << 20;

  private final String name;
  private final ImageInput input;
  private final Path output;
  private StoredForm form = new StoredForm.Original();
  private int shards;
  private long maxRejected = MAX_REJECTED_DEFAULT;
  private long maxPixels = JpegDecoder.MAX_PIXELS_DEFAULT;
  private RowGroupSize rowGroups =
      new RowGroupSize(
          PrepareDataset.ROWS_PER_ROW_GROUP_DEFAULT, PrepareDataset.BYTES_PER_ROW_GROUP_DEFAULT);
  private PreparationProgress progress = state -> {};
  private Consumer<String> notes = note -> {};

  /**
   * Prepares {@code input} as the folder {@code output}, a URI of any Hadoop file system.
   *
   * @param name of the dataset, for example {@code imagenet}
   */
  public PrepareImages(String name, ImageInput input, String output) {
    this.name = name;
    this.input = input;
    this.output = new Path(output);
  }

  /** The form in which images are stored, by default the bytes of their files. */
  public PrepareImages form(StoredForm stored) {
    form = stored;
    return this;
  }

  /**
   * Shards of the training split, at least 1; by default one for each {@link #BYTES_PER_SHARD} of
   * files, and 8 at least. Other splits get as many as make theirs about as long.
   */
  public PrepareImages shards(int number) {
    if (number < 1) {
      throw new Refusal(
          "Cannot prepare %s as %d shards: there must be at least 1.".formatted(name, number));
    }
    shards = number;
    return this;
  }

  /** Where row groups end: see {@link PrepareDataset#rowsPerRowGroup}. */
  public PrepareImages rowGroups(RowGroupSize size) {
    size.refuseImpossible(name);
    rowGroups = size;
    return this;
  }

  /**
   * Rejected files with which the dataset is still published, at least 0, by default {@value
   * #MAX_REJECTED_DEFAULT}.
   */
  public PrepareImages maxRejected(long files) {
    if (files < 0) {
      throw new Refusal(
          "Cannot publish %s with at most %d rejected files: it must be at least 0."
              .formatted(name, files));
    }
    maxRejected = files;
    return this;
  }

  /** Pixels of the largest image that is decoded, at least 1; larger ones are rejected. */
  public PrepareImages maxPixels(long pixels) {
    if (pixels < 1) {
      throw new Refusal(
          "Cannot decode images of at most %d pixels: it must be at least 1.".formatted(pixels));
    }
    maxPixels = pixels;
    return this;
  }

  /** Who is told when a shard is done. */
  public PrepareImages progress(PreparationProgress listener) {
    progress = listener;
    return this;
  }

  /** Who is told what a person may want to know, a sentence at a time. */
  public PrepareImages notes(Consumer<String> listener) {
    notes = listener;
    return this;
  }

  /**
   * Runs the jobs on a cluster.
   *
   * @throws Refusal if the output exists or cannot be written, the input is not what it has to be,
   *     or too many files were rejected
   * @throws IOException if a job fails; finished shards stay for the next one
   */
  public PreparedImages run(JavaSparkContext spark) throws IOException {
    Configuration hadoop = spark.hadoopConfiguration();
    Publication.rehearse(output, hadoop);
    WorkFolder work = WorkFolder.of(output, hadoop);
    spark.setJobDescription("List " + name);
    JavaRDD<ImageFile> files = null;
    try {
      ImageListing listing = input.list(spark);
      files = listing.files().persist(StorageLevel.DISK_ONLY());
      return run(spark, work, new JpegImages(listing.synsets()), files);
    } catch (Refusal | IOException e) {
      throw e;
    } catch (Exception e) {
      throw SparkFailure.of("prepare " + name, e);
    } finally {
      spark.setJobDescription(null);
      if (files != null) {
        files.unpersist(false);
      }
    }
  }

  private PreparedImages run(
      JavaSparkContext spark, WorkFolder work, JpegImages kind, JavaRDD<ImageFile> files)
      throws IOException {
    ShardPlan plan = plan(totals(files));
    ShardOptions options = new ShardOptions(kind, form, maxPixels, rowGroups);
    JavaPairRDD<FilePlace, ImageFile> placed =
        files
            .mapToPair(file -> new Tuple2<>(FilePlace.of(file), file))
            .repartitionAndSortWithinPartitions(plan);
    List<ListedShard> listed = listed(placed, options.line());
    work.create();
    FinishedShard[] results = new FinishedShard[listed.size()];
    ProgressMeter meter = new ProgressMeter(progress, listed.size());
    int adopted = adopt(work, listed, options.line(), results, meter);
    spark.setJobDescription("Prepare " + name);
    List<ListedShard> missing =
        listed.stream().filter(shard -> results[shard.partition()] == null).toList();
    new ConvertJob(spark, new ConvertTask(options, work.path().toString()), work, meter)
        .run(placed, missing, results);
    List<FinishedShard> finished = List.copyOf(Arrays.asList(results));
    ImagePublication publication = new ImagePublication(work, spark.hadoopConfiguration());
    refuseRejects(publication, work, plan, finished);

    DatasetManifest manifest = publication.publish(name, output, kind, plan, finished);
    work.delete();
    return new PreparedImages(manifest, rejected(finished), adopted);
  }

  private SortedMap<String, ListedTotals> totals(JavaRDD<ImageFile> files) {
    Map<String, ListedTotals> totals =
        files
            .mapToPair(file -> new Tuple2<>(file.split(), ListedTotals.of(file)))
            .reduceByKey(ListedTotals::plus, 1)
            .collectAsMap();
    if (!totals.containsKey(Split.TRAIN)) {
      throw new Refusal(
          "Cannot prepare %s: it has no file for training; put images into the folders of their classes."
              .formatted(input.uri()));
    }
    return new TreeMap<>(totals);
  }

  private ShardPlan plan(SortedMap<String, ListedTotals> totals) {
    long files = totals.get(Split.TRAIN).files();
    if (shards > files) {
      throw new Refusal(
          "Cannot prepare %s as %d shards: its training split has %d files and no shard may be empty; choose 1 to %d shards."
              .formatted(name, shards, files, files));
    }
    return shards == 0
        ? ShardPlan.byBytes(totals, BYTES_PER_SHARD)
        : ShardPlan.byNumber(totals, Split.TRAIN, shards);
  }

  private static List<ListedShard> listed(
      JavaPairRDD<FilePlace, ImageFile> placed, String options) {
    return placed
        .values()
        .mapPartitionsWithIndex(
            (partition, files) -> List.of(ListedShard.of(partition, files, options)).iterator(),
            true)
        .collect();
  }

  /** Takes the shards that an earlier job finished. Returns how many. */
  private int adopt(
      WorkFolder work,
      List<ListedShard> listed,
      String options,
      FinishedShard[] results,
      ProgressMeter meter)
      throws IOException {
    Map<String, FinishedShard> finished = work.finished();
    int adopted = 0;
    for (ListedShard shard : listed) {
      FinishedShard found = finished.remove(shard.fingerprint());
      if (found != null) {
        results[shard.partition()] = found;
        meter.adopted(found);
        adopted++;
      }
    }
    if (adopted > 0) {
      notes.accept(
          "%d of %d shards were finished by an earlier job and are taken as they are."
              .formatted(adopted, listed.size()));
    }
    if (!finished.isEmpty()) {
      FinishedShard other = finished.values().iterator().next();
      notes.accept(
          "%d shards of an earlier job in %s are not taken, because %s."
              .formatted(
                  finished.size(),
                  work.path(),
                  other.options().equals(options)
                      ? "the input or the number of shards has changed since"
                      : "they were made with other options: " + other.options()));
    }
    return adopted;
  }

  /** Refuses too many rejects, and a training split of rejects alone. */
  private void refuseRejects(
      ImagePublication publication, WorkFolder work, ShardPlan plan, List<FinishedShard> finished)
      throws IOException {
    long rejected = rejected(finished);
    boolean trainable =
        finished.stream()
            .limit(plan.end(Split.TRAIN))
            .skip(plan.first(Split.TRAIN))
            .anyMatch(shard -> !shard.isEmpty());
    if (rejected <= maxRejected && trainable) {
      return;
    }
    Path list = new Path(work.path(), RejectedFiles.FILE);
    work.files().delete(list, false);
    publication.writeRejects(list, finished);
    throw new Refusal(
        "Cannot publish %s: %d of %d files were rejected %s (the first is %s); see all in %s, mend the files or allow more, and start again: finished shards are kept."
            .formatted(
                output,
                rejected,
                finished.stream().mapToLong(FinishedShard::files).sum(),
                trainable
                    ? "and at most %d may be".formatted(maxRejected)
                    : "and none is left to train on",
                firstReject(work, finished),
                list));
  }

  private static long rejected(List<FinishedShard> finished) {
    return finished.stream().mapToLong(FinishedShard::rejected).sum();
  }

  private static String firstReject(WorkFolder work, List<FinishedShard> finished)
      throws IOException {
    FinishedShard shard =
        finished.stream().filter(some -> some.rejected() > 0).findFirst().orElseThrow();
    List<String> first = new ArrayList<>();
    RejectLog.copy(
        work.files(),
        WorkFolder.rejects(work.path(), shard.name()),
        1,
        row -> first.add(row.values().get(0) + ": " + row.values().get(1)));
    return first.get(0);
  }
}
