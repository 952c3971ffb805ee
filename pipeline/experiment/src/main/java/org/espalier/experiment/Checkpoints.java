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
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.espalier.averaging.parts.HeldVector;
import org.espalier.averaging.parts.PartsFolder;
import org.espalier.averaging.parts.VectorPart;
import org.espalier.base.Reason;
import org.espalier.base.Refusal;
import org.espalier.storage.WholeFile;

/**
 * The checkpoints of an unfinished run, in a hidden folder beside the one that it will publish. A
 * run that goes on from one ends with the bits of a run that was never stopped.
 *
 * <p>A checkpoint is {@code STEP.checkpoint} ({@link CheckpointFile}) and the files that it names
 * in the folder {@code STEP.parts}. It is written last, so there is a checkpoint when it is there;
 * parts without one are what a killed or failed writer left.
 */
final class Checkpoints {
  private static final String PREFIX = ".";
  private static final String FOLDER_SUFFIX = ".checkpoints";
  private static final String SUFFIX = ".checkpoint";
  private static final String PARTS = ".parts";
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
        return Optional.of(read(file));
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
  void save(CheckpointHead head, HeldVector vector) {
    Path saved = write(head, vector);
    damaged.remove(saved);
    damaged.forEach(this::remove);
    damaged.clear();
    newestFirst().stream()
        .filter(file -> step(file) <= head.step())
        .skip(KEPT)
        .forEach(this::remove);
    removeAbandoned(head.step());
  }

  private Path write(CheckpointHead head, HeldVector vector) {
    Path file = new Path(folder, head.step() + SUFFIX);
    PartsFolder target = parts(file);
    try {
      files.mkdirs(target.path());
      if (!files.exists(file)) {
        files.deleteOnExit(target.path());
      }
      List<VectorPart> parts = vector.write(target);
      target.requireWhole(parts);
      return WholeFile.replacing(file, hadoop)
          .write(
              (there, unfinished) -> {
                try (FSDataOutputStream out = there.create(unfinished, true)) {
                  CheckpointFile.write(head, vector.length(), parts, out);
                }
              });
    } catch (IOException e) {
      throw new Refusal(
          "Cannot write %s: %s; see to the space and the permissions there, since the run goes on without it."
              .formatted(file, Reason.of(e)),
          e);
    } finally {
      files.cancelDeleteOnExit(target.path());
      removeUnnamed(file, target.path());
    }
  }

  /** Deletes parts whose checkpoint could not be written. */
  private void removeUnnamed(Path file, Path parts) {
    try {
      if (!files.exists(file)) {
        files.delete(parts, true);
      }
    } catch (IOException suppressed) {
      // The next checkpoint deletes them: a failed clean-up must not hide why nothing was written.
    }
  }

  private PartsFolder parts(Path file) {
    return new PartsFolder(files.makeQualified(new Path(folder, step(file) + PARTS)), hadoop);
  }

  private Checkpoint read(Path file) throws DamagedCheckpoint {
    try (var in = files.open(file)) {
      return CheckpointFile.decode(in.readAllBytes(), parts(file), file.toString());
    } catch (IOException e) {
      throw new Refusal(
          "Cannot go on from the checkpoint %s: it cannot be read now (%s); try again, or remove it if that does not pass."
              .formatted(file, Reason.of(e)),
          e);
    }
  }

  /** Deletes a checkpoint before its parts. */
  private void remove(Path file) {
    delete(file);
    delete(parts(file).path());
  }

  /** Deletes the parts up to a step that no checkpoint names. */
  private void removeAbandoned(long step) {
    Set<Long> there = newestFirst().stream().map(Checkpoints::step).collect(Collectors.toSet());
    list(PARTS).stream()
        .filter(parts -> number(parts, PARTS) <= step)
        .filter(parts -> !there.contains(number(parts, PARTS)))
        .forEach(this::delete);
  }

  /** Deletes all. */
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
    List<Path> found = list(SUFFIX);
    found.sort(Comparator.comparing(Checkpoints::step).reversed());
    return found;
  }

  private List<Path> list(String suffix) {
    List<Path> found = new ArrayList<>();
    try {
      if (files.exists(folder)) {
        for (FileStatus file : files.listStatus(folder)) {
          if (file.getPath().getName().matches("[0-9]{1,18}\\" + suffix)) {
            found.add(file.getPath());
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list the checkpoints in " + folder, e);
    }
    return found;
  }

  private static long step(Path file) {
    return number(file, SUFFIX);
  }

  private static long number(Path file, String suffix) {
    String name = file.getName();
    return Long.parseLong(name.substring(0, name.length() - suffix.length()));
  }
}
