package org.espalier.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.espalier.base.Metric;
import org.espalier.base.Metric.Direction;
import org.espalier.base.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsFileTest {
  private static final Metric BLEU = SamplePoints.BLEU;
  private static final Metric ERROR_RATE =
      new Metric("error-rate", Metric.FRACTION, Direction.LOWER);

  private final Configuration hadoop = new Configuration();
  @TempDir java.nio.file.Path folder;

  @Test
  void everyFieldComesBack() {
    OperatingPoint point =
        new OperatingPoint(
            new RunIdentity("r\u00e9seau-\u6811-\ud83c\udf33", "8f3a"),
            new Setting(
                "lenet-5-caffe",
                "mnist",
                new Sparsification(
                    "variational-dropout", OptionalDouble.empty(), OptionalDouble.of(2.5), "dense"),
                new Training(-7L, 32, 128, 5, 3_000_000_000L, 12.5),
                Map.of("kl.weight", "1.0e-7", "kl.ramp", "\u03bb linear")),
            new Measurement(
                OptionalLong.empty(),
                BLEU,
                Map.of(BLEU, 27.31, ERROR_RATE, 0.25),
                ModelSize.of(
                    List.of(
                        new TensorSize("conv1/\u03b8", "[20, 1, 5, 5]", 500, 161),
                        new TensorSize("fc", "[500, 10]", 5_000_000_000L, 0)),
                    580)),
            new Provenance(
                "a = 1\nb = \"\u00fc\"\n",
                "0123",
                List.of(
                    part("0.1.0", "2026-01-02T03:04:05.678Z", 0, 1_000_000),
                    part("0.1.1", "2026-01-03T04:05:06.789Z", 1_000_000, 3_000_000_000L)),
                new ModelHashes(Optional.of("ff00"), Optional.empty())));

    assertThat(writtenAndRead(List.of(point))).containsExactly(point);
  }

  @Test
  void aDivergedRunKeepsItsStepAndTheMetricsThatAreKnown() {
    OperatingPoint nothingKnown = SamplePoints.diverged("magnitude", 0.9, 1, 120);
    OperatingPoint lossKnown =
        SamplePoints.point(
            "lenet-5-caffe",
            nothingKnown.setting().sparsification(),
            1,
            new Measurement(
                OptionalLong.of(120),
                Metric.ACCURACY,
                Map.of(Metric.CROSS_ENTROPY, Double.NaN),
                nothingKnown.measurement().size()));

    List<OperatingPoint> read = writtenAndRead(List.of(nothingKnown, lossKnown));

    assertThat(read).containsExactly(nothingKnown, lossKnown);
    assertThat(read.get(0).measurement().status()).isEqualTo(Status.DIVERGED);
    assertThat(read.get(0).measurement().leading()).isEqualTo(Metric.ACCURACY);
    assertThat(read.get(0).measurement().metrics()).isEmpty();
    assertThat(read.get(1).measurement().value(Metric.CROSS_ENTROPY).orElseThrow()).isNaN();
  }

  @Test
  void rowsKeepTheirOrderAndRowsWithoutTensorsAreAllowed() {
    OperatingPoint sums =
        SamplePoints.point(
            "resnet-50",
            new Sparsification("magnitude", OptionalDouble.of(0.5), OptionalDouble.empty(), "none"),
            1,
            SamplePoints.classified(0.7653, 1, new ModelSize(100, 50, 7, List.of())));
    List<OperatingPoint> points =
        List.of(sums, SamplePoints.finished("random", 0.9, 2, 0.97), sums);

    assertThat(writtenAndRead(points)).isEqualTo(points);
  }

  @Test
  void multiplyAddsComeBackWhereTheyAreKnown() {
    ModelSize size = new ModelSize(100, 50, 7, List.of());
    List<OperatingPoint> points =
        List.of(
            costing(size.costing(Optional.of(new InferenceCost(4_089_184_256L, 9)))),
            costing(size));

    assertThat(writtenAndRead(points)).isEqualTo(points);
    assertThatThrownBy(() -> new InferenceCost(8, 9))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot record 9 multiply-adds with kept weights: with all weights there are 8");
  }

  private static OperatingPoint costing(ModelSize size) {
    return SamplePoints.point(
        "resnet-50",
        new Sparsification("magnitude", OptionalDouble.of(0.5), OptionalDouble.empty(), "none"),
        1,
        SamplePoints.classified(0.7653, 1, size));
  }

  @Test
  void equalPointsGiveEqualBytes() throws IOException {
    ResultsFile.write(path("a"), SamplePoints.study(), hadoop);
    ResultsFile.write(path("b"), SamplePoints.study(), hadoop);

    assertThat(folder.resolve("a")).hasSameBinaryContentAs(folder.resolve("b"));
  }

  @Test
  void theFileSaysItsVersionAndHasPlainColumns() throws IOException {
    ResultsFile.write(path("a"), SamplePoints.study(), hadoop);

    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(path("a"), hadoop))) {
      assertThat(reader.getFileMetaData().getKeyValueMetaData())
          .containsEntry("espalier.results.version", "2");
      assertThat(reader.getFileMetaData().getSchema().getFields())
          .extracting(column -> column.getName())
          .contains(
              "method",
              "target_sparsity",
              "sparsity",
              "leading_metric",
              "leading_value",
              "seconds");
    }
  }

  @Test
  void anExistingFileIsNotOverwritten() {
    ResultsFile.write(path("a"), SamplePoints.study(), hadoop);

    assertThatThrownBy(() -> ResultsFile.write(path("a"), SamplePoints.study(), hadoop))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("it exists already");
  }

  @Test
  void aTruncatedFileIsNamedAsDamaged() throws IOException {
    ResultsFile.write(path("a"), SamplePoints.study(), hadoop);
    try (RandomAccessFile file = new RandomAccessFile(folder.resolve("a").toFile(), "rw")) {
      file.setLength(file.length() / 2);
    }

    assertDamaged();
  }

  @Test
  void aFlippedBitInThePagesIsNamedAsDamaged() throws IOException {
    ResultsFile.write(path("a"), SamplePoints.study(), hadoop);
    byte[] bytes = Files.readAllBytes(folder.resolve("a"));
    byte[] hash = "5f1c0c9be1d8a7f0".getBytes(StandardCharsets.UTF_8);
    bytes[indexOf(bytes, hash)] ^= 1;
    Files.write(folder.resolve("a"), bytes);

    assertDamaged();
  }

  @Test
  void somethingThatIsNotParquetIsNamedAsSuch() throws IOException {
    Files.writeString(folder.resolve("a"), "method,accuracy\n");

    assertDamaged();
  }

  private void assertDamaged() {
    assertThatThrownBy(() -> ResultsFile.read(path("a"), hadoop))
        .isInstanceOf(Refusal.class)
        .hasMessageStartingWith("Cannot read the results in file:" + folder.resolve("a"))
        .hasMessageContaining(": the file is damaged or not Parquet (")
        .hasMessageEndingWith("; write the run's results again or remove the file.")
        .message()
        .doesNotContain("\n");
  }

  private static RunPart part(String code, String startedAt, long firstStep, long lastStep) {
    return new RunPart(
        code,
        new Platform("Linux", "17", "3.5.7", "1.0.0-M2.1"),
        new Execution(Instant.parse(startedAt), 0.25, "local[*]", 1),
        firstStep,
        lastStep);
  }

  private List<OperatingPoint> writtenAndRead(List<OperatingPoint> points) {
    return ResultsFile.read(ResultsFile.write(path("rows"), points, hadoop), hadoop);
  }

  private Path path(String name) {
    return new Path(folder.resolve(name).toUri());
  }

  private static int indexOf(byte[] bytes, byte[] sought) {
    return new String(bytes, StandardCharsets.ISO_8859_1)
        .indexOf(new String(sought, StandardCharsets.ISO_8859_1));
  }
}
