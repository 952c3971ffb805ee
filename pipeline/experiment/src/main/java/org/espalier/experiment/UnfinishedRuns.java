package org.espalier.experiment;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Comparator;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.espalier.base.Reason;
import org.espalier.base.Refusal;

/** The unfinished runs in an output folder, as far as their checkpoints can be read. */
record UnfinishedRuns(Path output, Configuration hadoop) {

  /**
   * An unfinished run and what sets it apart from another configuration.
   *
   * @param checkpoint its newest sound one
   * @param differences between its configuration and the other
   */
  record Nearby(Checkpoint checkpoint, KeyDifferences differences) {}

  /** The run that differs in the fewest keys, of equals the first by name. */
  Optional<Nearby> nearest(SortedMap<String, String> configuration) {
    return folders()
        .map(folder -> Checkpoints.in(folder, hadoop))
        .flatMap(checkpoints -> readable(checkpoints).stream())
        .map(
            checkpoint ->
                new Nearby(
                    checkpoint,
                    KeyDifferences.between(checkpoint.run().configuration(), configuration)))
        .min(
            Comparator.comparingInt((Nearby run) -> run.differences().count())
                .thenComparing(run -> run.checkpoint().run().name()));
  }

  private static Optional<Checkpoint> readable(Checkpoints checkpoints) {
    try {
      return checkpoints.newest(damaged -> {});
    } catch (Refusal e) {
      return Optional.empty();
    }
  }

  private Stream<Path> folders() {
    try {
      FileSystem files = output.getFileSystem(hadoop);
      return Stream.of(files.listStatus(output))
          .map(FileStatus::getPath)
          .filter(Checkpoints::isFolder);
    } catch (FileNotFoundException e) {
      return Stream.empty();
    } catch (IOException e) {
      throw new Refusal(
          "Cannot look for unfinished runs in %s: %s; check the output."
              .formatted(output, Reason.of(e)),
          e);
    }
  }
}
