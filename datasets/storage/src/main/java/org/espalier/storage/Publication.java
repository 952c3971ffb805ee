package org.espalier.storage;

import java.io.IOException;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.espalier.base.Reason;
import org.espalier.base.Refusal;

/**
 * A folder in the making: it is written under a hidden name beside its destination and appears
 * there in one rename, or not at all.
 *
 * <p>Closing an uncommitted publication deletes what was written, new parent folders included; so
 * does the end of the JVM (Ctrl-C included). On file systems whose folder rename is atomic (local,
 * HDFS) no reader ever sees a part of the folder. Not safe for use by several threads.
 */
public final class Publication implements AutoCloseable {
  private final FileSystem files;
  private final Path destination;
  private final Path workplace;
  private final Path oldestFolder;
  private boolean settled;

  private Publication(FileSystem files, Path destination, Path workplace, Path oldestFolder) {
    this.files = files;
    this.destination = destination;
    this.workplace = workplace;
    this.oldestFolder = oldestFolder;
  }

  /**
   * Starts a folder that is to appear at {@code destination}.
   *
   * @throws Refusal if the destination exists or its parent cannot be written
   */
  public static Publication begin(Path destination, Configuration hadoop) {
    try {
      FileSystem files = destination.getFileSystem(hadoop);
      files.setWriteChecksum(false);
      Path target = files.makeQualified(destination);
      refuseExisting(files, target);
      Path workplace =
          new Path(
              target.getParent(),
              "."
                  + target.getName()
                  + ".unfinished-"
                  + UUID.randomUUID().toString().substring(0, 8));
      Path oldestFolder = nearestExisting(files, target.getParent());
      if (!files.mkdirs(workplace)) {
        throw new IOException("the folder was not created");
      }
      files.deleteOnExit(workplace);
      return new Publication(files, target, workplace, oldestFolder);
    } catch (IOException e) {
      throw new Refusal(
          "Cannot write to "
              + destination
              + ": "
              + Reason.of(e)
              + "; choose an output that this user may create.",
          e);
    }
  }

  /**
   * Checks, without leaving a trace, that {@link #begin} would succeed, so that long work can be
   * refused before it starts.
   */
  public static void rehearse(Path destination, Configuration hadoop) {
    begin(destination, hadoop).close();
  }

  /** Where to write until {@link #commit}; a fully qualified path that executors can use too. */
  public Path workplace() {
    return workplace;
  }

  /** Where the folder appears at {@link #commit}, fully qualified. */
  public Path destination() {
    return destination;
  }

  /**
   * Makes the folder appear at its destination.
   *
   * @throws Refusal if somebody else published there in the meantime
   */
  public void commit() throws IOException {
    refuseExisting(files, destination);
    if (!files.rename(workplace, destination)) {
      throw new IOException(
          "Cannot publish " + destination + ": the file system refused the rename");
    }
    files.cancelDeleteOnExit(workplace);
    settled = true;
  }

  @Override
  public void close() {
    if (settled) {
      return;
    }
    settled = true;
    try {
      files.delete(workplace, true);
      files.cancelDeleteOnExit(workplace);
      for (Path folder = destination.getParent();
          !folder.equals(oldestFolder) && files.listStatus(folder).length == 0;
          folder = folder.getParent()) {
        files.delete(folder, false);
      }
    } catch (IOException suppressed) {
      // Left to deleteOnExit: a failed clean-up must not hide why nothing was committed.
    }
  }

  private static Path nearestExisting(FileSystem files, Path folder) throws IOException {
    Path candidate = folder;
    while (candidate.getParent() != null && !files.exists(candidate)) {
      candidate = candidate.getParent();
    }
    return candidate;
  }

  private static void refuseExisting(FileSystem files, Path target) throws IOException {
    if (files.exists(target)) {
      throw new Refusal(
          "Cannot write to "
              + target
              + ": it exists already; choose another output or remove it first.");
    }
  }
}
