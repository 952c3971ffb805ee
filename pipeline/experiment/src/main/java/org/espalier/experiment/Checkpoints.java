package org.espalier.experiment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.espalier.averaging.TrainingState;
import org.espalier.base.Reason;
import org.espalier.base.Refusal;
import org.espalier.storage.WholeFile;

/**
 * The checkpoints of an unfinished run, in a hidden folder beside the one that it will publish. A
 * run that goes on from one ends with the bits of a run that was never stopped.
 */
final class Checkpoints {
  private static final String SUFFIX = ".checkpoint";
  private static final int KEPT = 2;

  private final Path folder;
  private final Configuration hadoop;
  private final FileSystem files;

  private Checkpoints(Path folder, Configuration hadoop, FileSystem files) {
    this.folder = folder;
    this.hadoop = hadoop;
    this.files = files;
  }

  /** Those of the run that will be published at {@code run}. */
  static Checkpoints of(Path run, Configuration hadoop) {
    try {
      return new Checkpoints(
          new Path(run.getParent(), "." + run.getName() + ".checkpoints"),
          hadoop,
          run.getFileSystem(hadoop));
    } catch (IOException e) {
      throw new Refusal(
          "Cannot look for checkpoints of %s: %s; check the output.".formatted(run, Reason.of(e)),
          e);
    }
  }

  /** The newest checkpoint's step, sound or not; nothing if there is none. */
  Optional<Long> newestStep() {
    return newestFirst().stream().findFirst().map(Checkpoints::step);
  }

  /**
   * The newest checkpoint that a run can go on from.
   *
   * @param length of the vector that the run's network has
   * @param unusable hears of every newer one
   */
  Optional<TrainingState> newest(int length, Consumer<String> unusable) {
    for (Path file : newestFirst()) {
      try {
        TrainingState state = CheckpointFile.decode(StoredFile.bytes(files, file), file.toString());
        if (state.vector().length() == length) {
          return Optional.of(state);
        }
        unusable.accept(
            "The checkpoint %s has %d values where the network has %d; it is left out."
                .formatted(file, state.vector().length(), length));
      } catch (Refusal | IOException e) {
        unusable.accept(e.getMessage());
      }
    }
    return Optional.empty();
  }

  /**
   * Adds one and forgets all but the newest. Those of later steps are forgotten too: had they been
   * of use, the run would have gone on from there.
   *
   * @throws Refusal if it cannot be written
   */
  void save(TrainingState state) {
    WholeFile.replacing(new Path(folder, state.step() + SUFFIX), hadoop)
        .write(
            (target, unfinished) -> {
              try (FSDataOutputStream out = target.create(unfinished, true)) {
                CheckpointFile.write(state, out);
              }
            });
    List<Path> found = newestFirst();
    found.stream().filter(file -> step(file) > state.step()).forEach(this::delete);
    found.stream().filter(file -> step(file) <= state.step()).skip(KEPT).forEach(this::delete);
  }

  /** Forgets all. */
  void clear() {
    delete(folder);
  }

  /** Where they are. */
  Path folder() {
    return folder;
  }

  private void delete(Path path) {
    try {
      files.delete(path, true);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot delete the checkpoint " + path, e);
    }
  }

  private List<Path> newestFirst() {
    List<Path> found = new ArrayList<>();
    try {
      if (files.exists(folder)) {
        for (FileStatus file : files.listStatus(folder)) {
          if (file.getPath().getName().matches("[0-9]{1,18}\\" + SUFFIX)) {
            found.add(file.getPath());
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list the checkpoints in " + folder, e);
    }
    found.sort(Comparator.comparing(Checkpoints::step).reversed());
    return found;
  }

  private static long step(Path file) {
    String name = file.getName();
    return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
  }
}
