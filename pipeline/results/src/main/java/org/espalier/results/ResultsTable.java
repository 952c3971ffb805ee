package org.espalier.results;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.espalier.base.Refusal;

/**
 * Operating points of any number of runs, at least one, in an order that depends on nothing but the
 * points: by network and dataset, dense first, then by method, target, threshold, seed and run.
 */
public final class ResultsTable {
  private final List<OperatingPoint> rows;

  private ResultsTable(Stream<OperatingPoint> points) {
    rows = points.distinct().sorted(RowOrder.ROWS).toList();
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
   * runs. Files and folders whose names begin with a dot or an underscore are unfinished and left
   * out; a point that is found twice (in its run and in an aggregated file) counts once.
   *
   * @throws Refusal if {@code location} does not exist or holds no results, or if one of the files
   *     is damaged, lacks a column, or has another version
   */
  public static ResultsTable read(Path location, Configuration hadoop) {
    List<OperatingPoint> points = new ArrayList<>();
    for (Path file : resultsFiles(location, hadoop)) {
      points.addAll(ResultsFile.read(file, hadoop));
    }
    return new ResultsTable(points.stream());
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

  private static List<Path> resultsFiles(Path location, Configuration hadoop) {
    try {
      FileSystem files = location.getFileSystem(hadoop);
      FileStatus status = files.getFileStatus(location);
      if (status.isFile()) {
        return List.of(status.getPath());
      }
      List<Path> found = new ArrayList<>();
      collect(files, status.getPath(), found);
      if (found.isEmpty()) {
        throw new Refusal(
            "Cannot read results from "
                + location
                + ": no folder below it holds a finished "
                + ResultsFile.NAME
                + "; name the output of a run or of a sweep.");
      }
      found.sort(null);
      return found;
    } catch (FileNotFoundException e) {
      throw new Refusal(
          "Cannot read results from "
              + location
              + ": it does not exist; name a results file, a run's folder or a folder of runs.",
          e);
    } catch (IOException e) {
      throw new Refusal(
          "Cannot read results from "
              + location
              + ": the folder cannot be listed ("
              + e.getMessage()
              + "); name one that this user may read.",
          e);
    }
  }

  private static void collect(FileSystem files, Path root, List<Path> found) throws IOException {
    RemoteIterator<LocatedFileStatus> tree = files.listFiles(root, true);
    while (tree.hasNext()) {
      Path file = tree.next().getPath();
      if (file.getName().equals(ResultsFile.NAME) && isFinished(root, file)) {
        found.add(file);
      }
    }
  }

  private static boolean isFinished(Path root, Path file) {
    for (Path part = file; part != null && !part.equals(root); part = part.getParent()) {
      if (part.getName().startsWith(".") || part.getName().startsWith("_")) {
        return false;
      }
    }
    return true;
  }
}
