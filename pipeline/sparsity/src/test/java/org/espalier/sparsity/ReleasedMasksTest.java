package org.espalier.sparsity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Against the masks of the paper's released checkpoints, as the DLMC collection holds them. */
class ReleasedMasksTest {
  private record Row(
      String model, String technique, double target, String tensor, long weights, long kept) {}

  @Test
  void magnitudeCheckpointsKeepTheExactCount() throws IOException {
    List<Row> rows = rows("magnitude_pruning");
    long exact = 0;
    for (Row row : rows) {
      long expected = ExactCount.kept(row.weights(), row.target());
      // A strict threshold drops ties, and the library ranked in single precision.
      assertThat(row.kept()).as(row.toString()).isBetween(expected - 2, expected + 1);
      exact += row.kept() == expected ? 1 : 0;
    }
    assertThat(rows).hasSize(324 + 679);
    assertThat(exact).isEqualTo(324 - 4 + 679 - 18);
  }

  @Test
  void randomResNetAt98PercentStoppedAtTheLastFrequencyMultiple() throws IOException {
    UpdateSteps updates = UpdateSteps.every(8_000, 20_000, 40_000);
    double reached =
        new CubicSchedule(20_000, 40_000, 0.98)
            .sparsityAt(updates.lastUpdate(128_000).orElseThrow());
    List<Row> rows =
        rows("random_pruning").stream()
            .filter(row -> row.model().equals("rn50") && row.target() == 0.98)
            .toList();

    assertThat(rows).hasSize(54);
    for (Row row : rows) {
      assertThat(row.kept())
          .as(row.toString())
          .isBetween(
              ExactCount.kept(row.weights(), reached) - 1,
              ExactCount.kept(row.weights(), reached) + 1);
    }
  }

  @Test
  void everyReleasedFileIsReadAndWrittenBack() throws IOException {
    Path folder = SharedFiles.data("dlmc/rn50/magnitude_pruning/0.98");
    List<Path> files;
    try (Stream<Path> listed = Files.list(folder)) {
      files = listed.sorted().toList();
    }
    for (Path file : files) {
      CsrPattern pattern;
      try (InputStream in = Files.newInputStream(file)) {
        pattern = SmtxFile.read(in, file.toString());
      }
      SparseTensor tensor =
          new SparseTensor("w", WeightLayout.IN_OUT, 0, pattern.columns(), pattern.rows());
      Mask mask = pattern.mask(tensor);
      ByteArrayOutputStream written = new ByteArrayOutputStream();
      SmtxFile.write(CsrPattern.of(tensor, mask), written);

      assertThat(mask.kept()).isEqualTo(ExactCount.kept(tensor.length(), 0.98));
      assertThat(SmtxFile.read(new ByteArrayInputStream(written.toByteArray()), "copy"))
          .isEqualTo(pattern);
      assertThat(written.toByteArray()).as(file.toString()).isEqualTo(Files.readAllBytes(file));
    }
    assertThat(files).isNotEmpty();
  }

  private static List<Row> rows(String technique) throws IOException {
    List<Row> rows = new ArrayList<>();
    for (String line : Files.readAllLines(SharedFiles.data("dlmc/nnz.csv"))) {
      String[] cells = line.split(",", -1);
      if (cells[1].equals(technique)) {
        rows.add(
            new Row(
                cells[0],
                cells[1],
                Double.parseDouble(cells[2]),
                cells[3],
                Long.parseLong(cells[4]) * Long.parseLong(cells[5]),
                Long.parseLong(cells[6])));
      }
    }
    return rows;
  }
}
