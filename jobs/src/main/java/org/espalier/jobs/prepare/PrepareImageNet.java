package org.espalier.jobs.prepare;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.espalier.base.Refusal;
import org.espalier.datasets.DatasetManifest;
import org.espalier.datasets.prepare.PrepareDataset;
import org.espalier.datasets.prepare.RowGroupSize;
import org.espalier.imagenet.ImageInput;
import org.espalier.imagenet.LabelFiles;
import org.espalier.imagenet.PreparationProgress;
import org.espalier.imagenet.PrepareImages;
import org.espalier.imagenet.PreparedImages;
import org.espalier.imagenet.StoredForm;
import org.espalier.images.Decoding;
import org.espalier.images.JpegDecoder;
import org.espalier.images.Orientation;
import org.espalier.jobs.shell.Cluster;
import org.espalier.jobs.shell.ClusterSettings;
import org.espalier.jobs.shell.Console;
import org.espalier.jobs.shell.Job;
import org.espalier.jobs.shell.Progress;
import org.espalier.storage.Publication;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** ImageNet, or images laid out like it. */
@Command(
    name = "imagenet",
    description = {
      "ImageNet, or images laid out like it, as JPEG files in Parquet.",
      "",
      "The input is a folder with train/SYNSET/*.JPEG and, if there is one, val/ with the same or"
          + " flat; or a folder with ILSVRC2012_img_train.tar (a tar per synset) and"
          + " ILSVRC2012_img_val.tar, which are read where they lie; or a .csv whose first line names"
          + " path, label and, if it likes, split. val becomes the split test. Labels are numbers from"
          + " 0 in the order of the synsets' names. Hidden files are passed over.",
      "",
      "Files that no decoder reads are left out and listed in rejected.parquet with the reason. A job"
          + " that was killed goes on where it was when it is started again: finished shards wait in a"
          + " hidden folder beside the output, and are taken if their files and the options are the"
          + " same."
    },
    mixinStandardHelpOptions = true)
final class PrepareImageNet extends Job {
  private static final String DEFAULT_MASTER = "local[*]";
  private static final String NAME = "imagenet";

  @Option(
      names = "--input",
      paramLabel = "URI",
      required = true,
      description = "Folder or .csv, on any Hadoop file system.")
  private String input;

  @Option(
      names = "--output",
      paramLabel = "URI",
      required = true,
      description = "Folder of the dataset; it must not exist yet.")
  private String output;

  @Option(
      names = "--val-labels",
      paramLabel = "URI",
      description =
          "Synsets of a flat val: one per line in the order of the file names, or FILE SYNSET lines.")
  private String valLabels;

  @Option(
      names = "--classes",
      paramLabel = "URI",
      description =
          "All synsets in the order of their labels, the first word of each line (default: those of"
              + " the input, sorted).")
  private String classes;

  @Option(
      names = "--resize",
      paramLabel = "PIXELS",
      description =
          "Resize images bicubically so that the short side has so many pixels, and encode them again"
              + " (default: the original bytes).")
  private Integer resize;

  @Option(
      names = "--quality",
      paramLabel = "1..100",
      description = "JPEG quality of resized images (default: " + StoredForm.QUALITY_DEFAULT + ").")
  private Integer quality;

  @Option(
      names = "--draft",
      description =
          "Decode JPEGs that are resized at 1/2, 1/4 or 1/8 where that is enough: faster, slightly"
              + " other pixels (default: whole).")
  private boolean draft;

  /** Whether EXIF orientations count. */
  enum Exif {
    IGNORE,
    APPLY
  }

  @Option(
      names = "--orientation",
      paramLabel = "ignore|apply",
      description =
          "EXIF orientations of images that are resized: ignored as by TensorFlow, or applied (default:"
              + " ignore).")
  private Exif exif;

  @Option(
      names = "--max-rejected",
      paramLabel = "FILES",
      defaultValue = "" + PrepareImages.MAX_REJECTED_DEFAULT,
      description =
          "Rejected files with which the dataset is still published (default: ${DEFAULT-VALUE}).")
  private long maxRejected;

  @Option(
      names = "--max-pixels",
      paramLabel = "N",
      defaultValue = "" + JpegDecoder.MAX_PIXELS_DEFAULT,
      description =
          "Pixels of the largest image that is decoded, 3 bytes of native memory each; larger ones are"
              + " rejected (default: ${DEFAULT-VALUE}).")
  private long maxPixels;

  @Option(
      names = "--shards",
      paramLabel = "N",
      description = "Shards of the training split (default: one per 128 MiB of files, at least 8).")
  private Integer shards;

  @Option(
      names = "--rows-per-group",
      paramLabel = "N",
      defaultValue = "" + PrepareDataset.ROWS_PER_ROW_GROUP_DEFAULT,
      description =
          "Most images of a Parquet row group, what a worker reads at once (default:"
              + " ${DEFAULT-VALUE}).")
  private int rowsPerGroup;

  @Option(
      names = "--bytes-per-group",
      paramLabel = "N",
      defaultValue = "" + PrepareDataset.BYTES_PER_ROW_GROUP_DEFAULT,
      description =
          "Bytes after which a row group ends that has fewer images (default: ${DEFAULT-VALUE}).")
  private long bytesPerGroup;

  @Override
  protected Map<String, Object> run(Console console) throws Exception {
    StoredForm form = form();
    SparkConf settings = ClusterSettings.of("espalier prepare", options(), DEFAULT_MASTER);
    Configuration hadoop = Cluster.hadoop(settings);
    Publication.rehearse(new Path(output), hadoop);
    LabelFiles names = new LabelFiles(Optional.ofNullable(valLabels), Optional.ofNullable(classes));
    Progress progress = console.progress("shard");
    PrepareImages job =
        new PrepareImages(NAME, ImageInput.open(input, names, hadoop), output)
            .form(form)
            .rowGroups(new RowGroupSize(rowsPerGroup, bytesPerGroup))
            .maxRejected(maxRejected)
            .maxPixels(maxPixels)
            .notes(console::note)
            .progress(state -> progress.at(state.shards(), state.of(), rates(state)));
    if (shards != null) {
      job.shards(shards);
    }
    try (Cluster cluster = Cluster.forFiles(settings)) {
      PreparedImages prepared = job.run(cluster.spark());
      progress.done();
      return report(console, prepared);
    }
  }

  private StoredForm form() {
    if (resize == null) {
      refuseWithoutResize("--quality", quality != null);
      refuseWithoutResize("--draft", draft);
      refuseWithoutResize("--orientation", exif != null);
      return new StoredForm.Original();
    }
    return new StoredForm.Resized(
        resize,
        quality == null ? StoredForm.QUALITY_DEFAULT : quality,
        draft ? Decoding.SCALED : Decoding.WHOLE,
        exif == Exif.APPLY ? Orientation.AS_SEEN : Orientation.AS_STORED);
  }

  private static void refuseWithoutResize(String option, boolean given) {
    if (given) {
      throw new Refusal(
          "Cannot use %s without --resize: the original bytes are stored as they are; add --resize 256 or leave %s away."
              .formatted(option, option));
    }
  }

  private static String rates(PreparationProgress.State state) {
    double seconds = Math.max(1e-3, state.seconds());
    return String.format(
        Locale.ROOT,
        "%.0f images/s, %.1f MB/s, %d rejected",
        state.images() / seconds,
        state.bytes() / seconds * 1e-6,
        state.rejected());
  }

  private Map<String, Object> report(Console console, PreparedImages prepared) {
    DatasetManifest manifest = prepared.manifest();
    Map<String, Object> rows = new LinkedHashMap<>();
    manifest.splits().forEach((split, content) -> rows.put(split, content.rows()));
    console.result(
        "prepared: %s rows=%s rejected=%d output=%s hash=sha256:%s"
            .formatted(manifest.name(), rows, prepared.rejected(), output, manifest.hash()));
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("dataset", manifest.name());
    values.put("output", output);
    values.put("rows", rows);
    values.put("rejected", prepared.rejected());
    values.put("shardsOfEarlierJob", prepared.adopted());
    values.put("hash", "sha256:" + manifest.hash());
    return values;
  }
}
