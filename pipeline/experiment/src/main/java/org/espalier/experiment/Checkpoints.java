package org.espalier.experiment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.espalier.base.Reason;
import org.espalier.base.Refusal;
import org.espalier.storage.WholeFile;

/**
 * The checkpoints of an unfinished run, in a hidden folder beside the one that it will publish. A
 * run that goes on from one ends with the bits of a run that was never stopped.
 */
final class Checkpoints {
  private static final String PREFIX = ".";
  private static final String FOLDER_SUFFIX = ".checkpoints";
  private static final String SUFFIX = ".checkpoint";
  private static final int KEPT = 2;

  private final Path folder;
  private final Configuration hadoop;
  private final FileSystem files;
  private final Set<Path> damaged = new HashSet<>();

  private Checkpoints(Path folder, Configuration hadoop, FileSystem files) {
    this.folder = folder;
    this.hadoop = hadoop;
    this.files = files;
  }

  /** Those of the run that will be published at {@code run}. */
  static Checkpoints of(Path run, Configuration hadoop) {
    return in(new Path(run.getParent(), PREFIX + run.getName() + FOLDER_SUFFIX), hadoop);
  }

  /** Those in a folder. */
  static Checkpoints in(Path folder, Configuration hadoop) {
    try {
      return new Checkpoints(folder, hadoop, folder.getFileSystem(hadoop));
    } catch (IOException e) {
      throw new Refusal(
          "Cannot look for checkpoints in %s: %s; check the output."
              .formatted(folder, Reason.of(e)),
          e);
    }
  }

  /** Whether a folder is named as one of checkpoints is. */
  static boolean isFolder(Path path) {
    return path.getName().startsWith(PREFIX) && path.getName().endsWith(FOLDER_SUFFIX);
  }

  /** The newest checkpoint's step, sound or not; nothing if there is none. */
  Optional<Long> newestStep() {
    return newestFirst().stream().findFirst().map(Checkpoints::step);
  }

  /**
   * The newest sound checkpoint. Damaged ones are passed over, and deleted when the next one is
   * saved; what cannot be read now may be sound and is neither.
   *
   * @param hears of every newer one that is damaged
   * @throws Refusal if one cannot be read, or is of another format version
   */
  Optional<Checkpoint> newest(Consumer<String> hears) {
    for (Path file : newestFirst()) {
      try {
        return Optional.of(CheckpointFile.decode(bytes(file), file.toString()));
      } catch (DamagedCheckpoint e) {
        damaged.add(file);
        hears.accept(e.getMessage());
      }
    }
    return Optional.empty();
  }

  /**
   * Adds one and deletes the damaged ones that {@link #newest} met, and of those up to this step
   * all but the newest.
   *
   * @throws Refusal if it cannot be written
   */
  void save(Checkpoint checkpoint) {
    long step = checkpoint.state().step();
    Path saved =
        WholeFile.replacing(new Path(folder, step + SUFFIX), hadoop)
            .write(
                (target, unfinished) -> {
                  try (FSDataOutputStream out = target.create(unfinished, true)) {
                    CheckpointFile.write(checkpoint, out);
                  }
                });
    damaged.remove(saved);
    damaged.forEach(this::delete);
    damaged.clear();
    newestFirst().stream().filter(file -> step(file) <= step).skip(KEPT).forEach(this::delete);
  }

  /** Deletes all. */
  void clear() {
    delete(folder);
  }

  /** Where they are. */
  Path folder() {
    return folder;
  }

  private byte[] bytes(Path file) {
    try (var in = files.open(file)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new Refusal(
          "Cannot go on from the checkpoint %s: it cannot be read now (%s); try again, or remove it if that does not pass."
              .formatted(file, Reason.of(e)),
          e);
    }
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
