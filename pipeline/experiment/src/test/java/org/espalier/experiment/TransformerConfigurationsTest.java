package org.espalier.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.espalier.datasets.SentencePairs;
import org.espalier.sparsity.MaskingMethod;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The settings of the paper's best runs, as conf/transformer resolves them. */
class TransformerConfigurationsTest {
  private static final Path CONFIGURATIONS = Path.of(System.getProperty("espalier.root"), "conf");

  @TempDir private Path pairs;

  @BeforeEach
  void writeManifest() throws IOException {
    ManifestOnly.write(pairs, new SentencePairs(256, 33_288, "0".repeat(64)), 300_000, 300_000);
  }

  private static List<Path> files(String folder) throws IOException {
    try (Stream<Path> files = Files.list(CONFIGURATIONS.resolve(folder))) {
      return files.filter(file -> !file.toString().endsWith("base.conf")).sorted().toList();
    }
  }

  static List<Path> ofThePaper() throws IOException {
    return files("transformer");
  }

  private Experiment experiment(Path file) {
    return Experiment.resolve(
        ConfigFactory.parseFile(file.toFile())
            .withValue("data", ConfigValueFactory.fromAnyRef(pairs.toString()))
            .resolve(),
        new Configuration());
  }

  private Experiment ofThePaper(String name) {
    return experiment(CONFIGURATIONS.resolve("transformer").resolve(name + ".conf"));
  }

  @ParameterizedTest
  @MethodSource("ofThePaper")
  void everyFileTrainsForHalfAMillionStepsOf64Rows(Path file) {
    Experiment experiment = experiment(file);
    assertThat(experiment.network().name()).isEqualTo("transformer-base");
    assertThat(experiment.steps()).isEqualTo(500_000);
    assertThat(experiment.batch()).isEqualTo(64);
    assertThat(experiment.averagesGradients()).isTrue();
    assertThat(experiment.optimiser().learningRate().at(8000)).isCloseTo(9.8821e-4, within(1e-8));
    assertThat(experiment.sentenceSearch().orElseThrow().beam())
        .hasToString("beam 4, length penalty 0.6");
  }

  @Test
  void thereIsAFileForEveryBestSetting() throws IOException {
    assertThat(ofThePaper()).hasSize(1 + 4 * 7);
  }

  @Test
  void magnitudesAreThoseOfThePaper() {
    MaskingMethod method = ofThePaper("magnitude-80").method();
    assertThat(method.due(200_000)).isTrue();
    assertThat(method.due(205_000)).isFalse();
    assertThat(method.due(400_000)).isTrue();
    assertThat(method.due(410_000)).isFalse();
    assertThat(ofThePaper("magnitude-50").targetSparsity()).isEqualTo(0.5);
    assertThat(ofThePaper("random-98").methodName()).isEqualTo("random");
  }

  @Test
  void penaltiesCountSentencePairs() {
    assertThat(ofThePaper("variational-90").stochastic().orElseThrow().toString())
        .contains("KL times 8.89e-08, cubic over steps 0 to 200000");
    assertThat(ofThePaper("l0-95").stochastic().orElseThrow().toString())
        .contains("gates times 2.22e-06, cubic over steps 0 to 400000");
  }

  @Test
  void thoseOfMulti30kResolve() throws IOException {
    Path small = pairs.resolve("small");
    Files.createDirectories(small);
    ManifestOnly.write(small, new SentencePairs(64, 8000, "0".repeat(64)), 3000, 3000);
    for (Path file : files("multi30k")) {
      Experiment experiment =
          Experiment.resolve(
              ConfigFactory.parseFile(file.toFile())
                  .withValue("data", ConfigValueFactory.fromAnyRef(small.toString()))
                  .resolve(),
              new Configuration());
      assertThat(experiment.batch()).isIn(16, 32);
    }
  }
}
