package org.espalier.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.espalier.base.Metric;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A file that an Espalier of version 1 of the results wrote, with points of {@link SamplePoints}.
 */
class VersionOneTest {
  private static final OperatingPoint MAGNITUDE =
      SamplePoints.finished("magnitude", 0.9, 1, 0.9811);

  private final Configuration hadoop = new Configuration();
  @TempDir java.nio.file.Path folder;
  private Path file;

  @BeforeEach
  void store() throws IOException {
    java.nio.file.Path run = Files.createDirectories(folder.resolve("old"));
    try (InputStream stored = VersionOneTest.class.getResourceAsStream("version-1.parquet")) {
      Files.copy(stored, run.resolve(ResultsFile.NAME));
    }
    file = new Path(run.resolve(ResultsFile.NAME).toUri());
  }

  @Test
  void accuracyAndLossAreMetricsAndTheRunIsOnePart() {
    ModelSize size = SamplePoints.size(SamplePoints.LENET_300_100, 0.98);
    OperatingPoint withoutLoss =
        SamplePoints.point(
            SamplePoints.LENET_300_100,
            new Sparsification(
                "variational-dropout", OptionalDouble.empty(), OptionalDouble.of(3), "none"),
            2,
            Measurement.finished(Metric.ACCURACY, Map.of(Metric.ACCURACY, 0.97), size));
    OperatingPoint diverged =
        SamplePoints.point(
            SamplePoints.LENET_300_100,
            new Sparsification("random", OptionalDouble.of(0.98), OptionalDouble.empty(), "none"),
            1,
            new Measurement(
                OptionalLong.of(1200),
                Metric.ACCURACY,
                Map.of(Metric.CROSS_ENTROPY, Double.NaN),
                size));

    assertThat(ResultsFile.read(file, hadoop))
        .containsExactly(
            SamplePoints.finished("dense", 0, 1, 0.984), MAGNITUDE, withoutLoss, diverged);
  }

  @Test
  void runsOfBothVersionsAreRepetitionsOfOneExperiment() {
    OperatingPoint newer = SamplePoints.finished("magnitude", 0.9, 2, 0.9831);
    ResultsFile.write(
        new Path(folder.resolve("new/results.parquet").toUri()), List.of(newer), hadoop);

    ResultsTable table = ResultsTable.read(new Path(folder.toUri()), hadoop);

    assertThat(table.seedGroups())
        .extracting(SeedGroup::points)
        .contains(List.of(MAGNITUDE, newer));
  }

  @Test
  void whatIsReadIsWrittenAsVersionTwo() {
    List<OperatingPoint> read = ResultsFile.read(file, hadoop);
    Path written = ResultsFile.write(new Path(folder.resolve("again").toUri()), read, hadoop);

    assertThat(ResultsFile.read(written, hadoop)).isEqualTo(read);
  }
}
