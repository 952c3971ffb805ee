package org.espalier.jobs.bench;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.espalier.base.Refusal;
import org.espalier.base.settings.Settings;
import org.espalier.datasets.Dataset;
import org.espalier.datasets.LabelledImages;
import org.espalier.datasets.Split;
import org.espalier.datasets.batch.BatchReader;
import org.espalier.datasets.order.ShuffledOrder;
import org.espalier.datasets.shards.RowGroupCache;
import org.espalier.datasets.shards.SplitRows;
import org.espalier.engine.arithmetic.Arithmetic;
import org.espalier.jobs.shell.Cluster;
import org.espalier.jobs.shell.ClusterSettings;
import org.espalier.jobs.shell.Console;
import org.espalier.jobs.shell.Job;
import org.espalier.tasks.Minibatch;
import org.espalier.tasks.MinibatchDecoder;
import org.espalier.tasks.SplitSums;
import org.espalier.tasks.classification.CropKeys;
import org.espalier.tasks.classification.ImageClassification;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures how fast rows of images become a network's batches. */
@Command(
    name = "input",
    description = {
      "Images per CPU second of one thread, from prepared images to a network's batches in training:"
          + " read Parquet, decode, crop at random, resize, flip, scale.",
      "",
      "CPU time is that of the whole process, compiler and garbage collector included, after"
          + " --warm-up images."
    },
    mixinStandardHelpOptions = true)
final class BenchInput extends Job {
  private static final String MASTER = "local[1]";
  private static final int BATCH = 32;
  private static final int SEED = 1;
  private static final int WINDOW = 256;

  @Option(
      names = "--data",
      paramLabel = "URI",
      required = true,
      description = "Prepared dataset of images, such as prepare imagenet makes.")
  private String data;

  @Option(
      names = "--size",
      paramLabel = "PIXELS",
      description = "Side of the crops of JPEG images (default: 224).")
  private Integer size;

  @Option(
      names = "--images",
      paramLabel = "N",
      defaultValue = "4000",
      description = "Images that are counted, in whole batches of 32 (default: ${DEFAULT-VALUE}).")
  private int images;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      defaultValue = "4000",
      description = "Images before them, in which code is compiled (default: ${DEFAULT-VALUE}).")
  private int warmUp;

  @Override
  protected Map<String, Object> run(Console console) throws IOException {
    if (images < 1 || warmUp < 0) {
      throw new Refusal(
          "Cannot measure %d images after %d: there must be at least 1 after 0 or more."
              .formatted(images, warmUp));
    }
    SparkConf settings = ClusterSettings.of("espalier bench", options(), MASTER);
    Configuration hadoop = Cluster.hadoop(settings);
    Dataset dataset = Dataset.open(data, hadoop);
    ImageClassification task = new ImageClassification();
    Settings usual = Settings.of(task.keys(), written()).by(task.recipe(dataset));
    LabelledImages rows = task.rows(dataset, usual);
    task.check(rows, usual);
    Arithmetic.prepare(1);
    MinibatchDecoder<?> decoder =
        task.trainingDecoder(rows, usual, Optional.<SplitSums>empty(), BATCH, SEED);
    BatchReader reader =
        new BatchReader(
            new SplitRows(dataset, Split.TRAIN, rows, new RowGroupCache(0), hadoop),
            new ShuffledOrder(dataset.split(Split.TRAIN), SEED, 1, BATCH, WINDOW).worker(0));
    return report(rows, seconds(decoder, reader), console);
  }

  private Map<String, String> written() {
    return size == null ? Map.of() : Map.of(CropKeys.SIZE.path(), size.toString());
  }

  private <B extends Minibatch> double seconds(MinibatchDecoder<B> decoder, BatchReader reader)
      throws IOException {
    B buffer = decoder.allocate();
    try {
      long first = batches(warmUp);
      long end = first + batches(images);
      double start = ProcessCpu.seconds();
      for (long step = 0; step < end; step++) {
        if (step == first) {
          start = ProcessCpu.seconds();
        }
        decoder.decode(reader.read(step), buffer);
      }
      return ProcessCpu.seconds() - start;
    } finally {
      decoder.free(buffer);
    }
  }

  private static long batches(int of) {
    return ((long) of + BATCH - 1) / BATCH;
  }

  private Map<String, Object> report(LabelledImages rows, double seconds, Console console) {
    long counted = batches(images) * BATCH;
    console.result(
        String.format(
            Locale.ROOT,
            "input %s %.1f images/cpu-s (%d done)",
            rows.shape(),
            counted / seconds,
            counted));
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("workload", "input");
    values.put("shape", rows.shape().toString());
    values.put("imagesPerCpuSecond", counted / seconds);
    values.put("done", counted);
    return values;
  }
}
