package org.espalier.jobs.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.typesafe.config.Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.espalier.datasets.DatasetManifest;
import org.espalier.datasets.ImageShape;
import org.espalier.datasets.JpegImages;
import org.espalier.datasets.PixelImages;
import org.espalier.datasets.SentencePairs;
import org.espalier.datasets.Shard;
import org.espalier.datasets.Split;
import org.espalier.datasets.rows.RowKind;
import org.espalier.engine.tensor.NetworkTensors;
import org.espalier.engine.weights.WeightForm;
import org.espalier.experiment.Experiment;
import org.espalier.experiment.NetworkCount;
import org.espalier.experiment.TensorCount;
import org.espalier.sparsity.SparseTensors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The experiments under {@code conf}, on datasets of the right sizes that hold nothing. */
class StoredConfigurationsTest {
  private static final Path CONF = Path.of("..", "conf");
  private static final Pattern INCLUDE = Pattern.compile("(?m)^include \"(.*)\"$");
  private static final Configuration HADOOP = new Configuration();

  private static final Map<List<Object>, SparseTensors> TENSORS = new HashMap<>();

  @TempDir private static Path data;

  @BeforeAll
  static void prepare() throws IOException {
    write("imagenet", new PixelImages(new ImageShape(3, 224, 224), 1000), 1_281_167);
    write("cifar10", new PixelImages(new ImageShape(3, 32, 32), 10), 50_000);
    write("cifar10-sample", new PixelImages(new ImageShape(3, 32, 32), 10), 5_000);
    write("mnist", new PixelImages(new ImageShape(1, 28, 28), 10), 60_000);
    write(
        "imagenette",
        new JpegImages(IntStream.range(0, 10).mapToObj("n%d"::formatted).toList()),
        1_000);
    write("wmt14", new SentencePairs(256, 33_288, "0".repeat(64)), 300_000);
    write("multi30k", new SentencePairs(64, 8_000, "0".repeat(64)), 9_000);
  }

  private static void write(String name, RowKind kind, int rows) throws IOException {
    Path folder = Files.createDirectories(data.resolve(name));
    Map<String, Split> splits =
        Map.of("train", split(folder, "train", rows), "test", split(folder, "test", 100));
    Files.writeString(
        folder.resolve("manifest.json"),
        new DatasetManifest(name, kind.schema(), splits).json(),
        UTF_8);
  }

  private static Split split(Path folder, String name, int rows) throws IOException {
    Shard shard = new Shard(name + "/part-00000.parquet", 1, "0".repeat(64), List.of(rows));
    Files.createDirectories(folder.resolve(name));
    Files.write(folder.resolve(shard.path()), new byte[1]);
    return new Split(List.of(shard));
  }

  /** All files that no other one includes. */
  static List<Path> files() throws IOException {
    List<Path> all;
    try (Stream<Path> paths = Files.walk(CONF)) {
      all = paths.filter(path -> path.toString().endsWith(".conf")).sorted().toList();
    }
    Set<Path> parts =
        all.stream().flatMap(StoredConfigurationsTest::included).collect(Collectors.toSet());
    return all.stream().filter(path -> !parts.contains(path.normalize())).toList();
  }

  private static Stream<Path> included(Path file) {
    return INCLUDE
        .matcher(text(file))
        .results()
        .map((MatchResult found) -> file.resolveSibling(found.group(1)).normalize());
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyExperimentCanBegin(Path file) {
    Config config = config(file);
    if (config.hasPath("runs")) {
      assertThat(new ExperimentList(config, data(file, config)).resolve(HADOOP, 1)).isNotEmpty();
      return;
    }
    Experiment experiment = Experiment.resolve(config, HADOOP);
    SparseTensors tensors = TENSORS.computeIfAbsent(size(config), size -> tensors(experiment));
    experiment.method().validate(tensors, experiment.steps());
    assertThat(text(file)).as("what the experiment reproduces").startsWith("# ");
  }

  /** What decides the tensors of a network. */
  private static List<Object> size(Config config) {
    return Stream.of("network", "data", "wrn", "transformer", "mlp")
        .map(path -> config.hasPath(path) ? config.getAnyRef(path) : "")
        .toList();
  }

  private static SparseTensors tensors(Experiment experiment) {
    RowKind rows = experiment.rows();
    ComputationGraph graph =
        new ComputationGraph(
            experiment.network().graph(rows, experiment.optimiser(), WeightForm.PLAIN, 1));
    graph.init();
    SparseTensors tensors = NetworkTensors.of(graph).sparsifiable();
    graph.close();
    return tensors;
  }

  private static Config config(Path file) {
    Config written = Configurations.resolve(List.of(file), List.of()).get(0);
    return Configurations.resolve(List.of(file), List.of("data=" + data(file, written))).get(0);
  }

  private static String data(Path file, Config config) {
    String folder = file.getName(2).toString();
    String network = config.hasPath("network") ? config.getString("network") : "";
    String name =
        switch (network) {
          case "resnet-50" -> folder.equals("imagenette") ? folder : "imagenet";
          case "transformer-base" -> folder.equals("multi30k") ? folder : "wmt14";
          case "resnet-20", "wrn" -> folder.equals("cifar10-sample") ? folder : "cifar10";
          default -> "mnist";
        };
    return data.resolve(name).toString();
  }

  @Test
  void runsOfResNet50AreAsLongAsThoseOfThePaper() {
    assertThat(steps("dense")).isEqualTo(128_000);
    assertThat(steps("variational-95")).isEqualTo(128_000);
    assertThat(steps("magnitude-90-4096")).isEqualTo(32_000);
    assertThat(steps("extended-80")).isEqualTo(48_000);
  }

  private static long steps(String name) {
    return Experiment.resolve(config(resNet50(name)), HADOOP).steps();
  }

  private static Path resNet50(String name) {
    return CONF.resolve("resnet-50").resolve(name + ".conf");
  }

  /** Sparsities of the paper's released checkpoints, a first convolution that is dense left out. */
  @ParameterizedTest
  @CsvSource({
    "magnitude-90, 0, 0.9000",
    "random-98, 0, 0.9722",
    "extended-80, 9408, 0.7999",
    "extended-91, 9408, 0.9009",
    "extended-96, 9408, 0.9471",
    "extended-98, 9408, 0.9655"
  })
  void weightsOfResNet50AreLeftAsInThePaper(String name, long dense, double sparsity) {
    NetworkCount count = NetworkCount.of(config(resNet50(name)), HADOOP);
    assertThat(1 - (double) (count.nonzeros() - dense) / (count.sparsifiable() - dense))
        .isCloseTo(sparsity, within(1e-4));
  }

  @Test
  void tensorsOfTheirOwnSparsityAreNamedRight() {
    assertThat(NetworkCount.of(config(resNet50("extended-80")), HADOOP).tensors())
        .filteredOn(tensor -> Set.of("maps/stem", "fc/W").contains(tensor.name()))
        .extracting(TensorCount::nonzeros)
        .containsExactlyInAnyOrder(9_408L, 409865L);
  }

  @Test
  void theGatesOfTheWideNetworkAreThoseOfTheFirstConvolutions() {
    Config config = config(CONF.resolve("wrn").resolve("wrn-28-10-l0.conf"));
    assertThat(Experiment.resolve(config, HADOOP).summary())
        .contains("l0(log alpha from 0.847, expected gates times 0.0003", "squares times 0.000714");
  }
}
