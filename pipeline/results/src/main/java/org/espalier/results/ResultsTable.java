package org.espalier.results;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Operating points of any number of runs, at least one, in an order that depends on nothing but the
 * points: by network and dataset, dense first, then by method, target, threshold and sparsity, the
 * repetitions of an experiment together and by seed.
 *
 * <p>An evaluation that only says again what a finished run said of itself, on the same data and at
 * the same threshold, is left out.
 */
public final class ResultsTable {
  private final List<OperatingPoint> rows;

  private ResultsTable(Stream<OperatingPoint> points) {
    rows = RowOrder.of(RepeatedEvaluations.leftOutOf(points.distinct().toList()));
  }

  /** A table of {@code points}, at least one; a point that occurs twice counts once. */
  public static ResultsTable of(Collection<OperatingPoint> points) {
    if (points.isEmpty()) {
      throw new IllegalArgumentException("Cannot make a table of results without any result");
    }
    return new ResultsTable(points.stream());
  }

  /**
   * Reads a results file, the folder of a run, or every {@value ResultsFile#NAME} in a tree of
   * runs. What is unfinished is left out; a point that is found twice (in its run and in an
   * aggregated file) counts once.
   *
   * @throws org.espalier.base.Refusal if {@code location} does not exist or holds no results, or if
   *     one of the files is damaged, is not what the manifest beside it lists, lacks a column, or
   *     has another version
   */
  public static ResultsTable read(Path location, Configuration hadoop) {
    return new ResultsTable(
        new ResultsTree(location, hadoop)
            .files().stream().flatMap(file -> ResultsFile.read(file, hadoop).stream()));
  }

  /** The points in the order of this table. */
  public List<OperatingPoint> rows() {
    return rows;
  }

  /** The repetitions of each experiment, in the order of this table. */
  public List<SeedGroup> seedGroups() {
    return SeedGroup.of(rows);
  }

  /** The table as aligned columns for a terminal, a block per network and dataset, ASCII only. */
  public String asText() {
    return TerminalTable.of(rows);
  }
}
