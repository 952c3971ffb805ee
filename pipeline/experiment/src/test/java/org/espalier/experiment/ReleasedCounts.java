package org.espalier.experiment;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Non-zeros of the paper's released checkpoints, tensor by tensor. */
final class ReleasedCounts {
  private static final Path FILE =
      Path.of(System.getProperty("espalier.data", "../../shared/data"), "dlmc", "nnz.csv");
  private static final int TENSOR = 3;
  private static final int NONZEROS = 6;

  private ReleasedCounts() {}

  /**
   * The counts of a checkpoint, or a skipped test where they are absent.
   *
   * @param name our name of a tensor
   */
  static Map<String, Long> of(
      String model, String technique, String target, UnaryOperator<String> name)
      throws IOException {
    assumeTrue(Files.exists(FILE), "The counts of released checkpoints are not at " + FILE);
    Map<String, Long> counts = new TreeMap<>();
    for (String line : Files.readAllLines(FILE)) {
      List<String> cells = List.of(line.split(","));
      if (cells.subList(0, TENSOR).equals(List.of(model, technique, target))) {
        counts.put(name.apply(cells.get(TENSOR)), Long.parseLong(cells.get(NONZEROS)));
      }
    }
    return counts;
  }
}
