package org.espalier.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.espalier.averaging.exchange.RunFailure;
import org.espalier.base.Metric;
import org.espalier.base.Refusal;
import org.espalier.engine.replica.WorkerBatches;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Training and evaluation on JPEG images of different sizes. */
class JpegRunsTest {
  /** A small residual network on crops of 16 x 16. */
  static final String NETWORK =
      """
      network = wrn, wrn.depth = 10, wrn.width = 1, input.size = 16
      workers = 4, batch = 24, averaging{of=gradients, frequency=null}
      optimiser{schedule=constant, learningRate=0.05}
      data = "%s"
      """;

  @TempDir private static Path folder;
  private static SmallRuns runs;
  private static String data;
  private static String broken;

  @TempDir private Path output;

  @BeforeAll
  static void prepare() throws IOException {
    runs = SmallRuns.in(folder);
    data = runs.prepared(new GeneratedPhotographs(96, 30, -1));
    broken = runs.prepared(new GeneratedPhotographs(96, 30, 40));
  }

  @AfterAll
  static void close() {
    runs.close();
  }

  private static Experiment experiment(String hocon) {
    return runs.experiment(NETWORK.formatted(data) + hocon);
  }

  @Test
  void coloursAreLearntAndWhatIsLostAgainstAnotherRunIsNamedByItsFile() throws IOException {
    RunOutcome trained = runs.run(experiment("epochs = 6"), output);
    RunOutcome begun = runs.run(experiment("epochs = 1, optimiser.learningRate = 1e-9"), output);
    assertThat(trained.points().get(0).measurement().score().orElseThrow()).isGreaterThan(0.8);
    assertThat(trained.points().get(0).measurement().value(Metric.CROSS_ENTROPY)).isPresent();

    EvaluationDetails details =
        EvaluationDetails.of(evaluation(begun), Optional.of(evaluation(trained)));
    assertThat(details.className(2)).isEqualTo("blue");
    details.publish(
        new org.apache.hadoop.fs.Path(output.resolve("details").toUri()), new Configuration());
    int lost = details.points().get(0).compared().orElseThrow().lost().size();
    assertThat(lost).isPositive();
    try (ParquetReader<Group> file =
        ParquetReader.builder(
                new GroupReadSupport(),
                new org.apache.hadoop.fs.Path(output.resolve("details/lost.parquet").toUri()))
            .build()) {
      int rows = 0;
      for (Group row = file.read(); row != null; row = file.read(), rows++) {
        assertThat(row.getString("image", 0))
            .isEqualTo(GeneratedPhotographs.file(row.getLong("row", 0)));
      }
      assertThat(rows).isEqualTo(lost);
    }
  }

  private static StoredEvaluation evaluation(RunOutcome outcome) {
    StoredRun run =
        StoredRun.in(new org.apache.hadoop.fs.Path(outcome.folder()), new Configuration());
    Experiment experiment = run.experiment(Optional.empty(), Optional.empty());
    return new StoredEvaluation(runs.spark(), run, experiment, experiment.dataset());
  }

  @Test
  void aCropIsAFunctionOfSeedEpochAndRow() {
    SortedSet<Integer> first = epoch("", 0);
    assertThat(first).hasSize(96);
    assertThat(epoch("workers = 1", 0)).isEqualTo(first);
    assertThat(epoch("shuffleWindow = 7", 0)).isEqualTo(first);
    assertThat(epoch("", 1)).isNotEqualTo(first);
    assertThat(epoch("seed = 2", 0)).isNotEqualTo(first);
    assertThat(epoch("input.flip = none", 0)).isNotEqualTo(first).hasSize(96);
  }

  /** A hash of every training image as it is seen in an epoch of four steps. */
  private static SortedSet<Integer> epoch(String input, int epoch) {
    try (PreparedRows rows = new PreparedRows(runs.spark(), experiment(input))) {
      List<List<Integer>> workers =
          rows.training()
              .shared(List.of("here", "here"))
              .map(worker -> hashes(worker.batches(), 4 * epoch))
              .collect();
      TreeSet<Integer> all = new TreeSet<>();
      workers.forEach(all::addAll);
      return all;
    }
  }

  private static List<Integer> hashes(WorkerBatches batches, int first) {
    TreeSet<Integer> hashes = new TreeSet<>();
    try (batches) {
      for (int step = first; step < first + 4; step++) {
        for (float[] image : batches.at(step).getFeatures(0).toFloatMatrix()) {
          hashes.add(Arrays.hashCode(image));
        }
      }
    }
    return List.copyOf(hashes);
  }

  @Test
  void jpegImagesBringDefaultsOfTheirOwn() {
    Experiment experiment = experiment("");
    assertThat(experiment.canonical().keySet())
        .contains("input.size")
        .doesNotContain("input.mean", "input.deviation", "input.crop", "input.flip");
    assertThat(experiment.configuration())
        .contains(
            "\"0.485, 0.456, 0.406\"", "\"0.229, 0.224, 0.225\"", "input.flip = \"horizontal\"");
    assertThat(experiment.shuffleWindow()).isEqualTo(40);
  }

  @Test
  void anImageThatCannotBeDecodedEndsTheRunWithItsName() {
    assertThatThrownBy(
            () -> runs.run(runs.experiment(NETWORK.formatted(broken) + "epochs = 1"), output))
        .isInstanceOf(RunFailure.class)
        .hasMessageContaining(
            "Cannot decode the image photograph_40.JPEG, row 40 of its split: it ends before its"
                + " last row; prepare the dataset again, which leaves such files out");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "input.crop = 4 | Cannot use input.crop = 4 with JPEG images: it is for stored pixels of one shape, and crops of random size and place are taken of JPEG images anyway; remove it.",
        "input.centre = meanImage, input.mean = none | Cannot use input.centre = meanImage with JPEG images: they have no shape in common, so there is no mean image; use input.mean, a mean per channel.",
        "network = lenet-5-caffe, input.size = 15 | Cannot use input.size = 15: the network takes no images smaller than 16x16; use 16 or more, or another network.",
        "network = resnet-50, input.size = 31 | Cannot use input.size = 31: the network takes no images smaller than 32x32; use 32 or more, or another network.",
        "input.size = 0 | Cannot use input.size = 0: it must be a whole number from 1 to 4096.",
        "input.mean = \"1, 2\" | Cannot use input.mean = 1.0, 2.0 with images of 3x16x16: it must be one number for each of their channels, 3, or none."
      })
  void whatDoesNotFitJpegImagesIsRefused(String settings, String sentence) {
    String network = settings.startsWith("network") ? "wrn.depth = null, wrn.width = null," : "";
    assertThatThrownBy(() -> experiment(network + settings))
        .isInstanceOf(Refusal.class)
        .hasMessage(sentence);
  }

  @Test
  void aSizeOfCropsIsRefusedForStoredPixels() {
    assertThatThrownBy(() -> runs.experiment("input.size = 64"))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot use input.size = 64 with images of 1x28x28 in 10 classes: stored pixels are seen"
                + " at their own size; remove it, or name a dataset of JPEG images.");
  }
}
