package org.espalier.storage;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.espalier.base.Reason;
import org.espalier.base.Refusal;

/**
 * A folder in the making. It is written in place, and finished when its manifest is there: {@value
 * #MANIFEST}, written last and created only if absent. Readers take no folder without one.
 *
 * <p>Nothing is renamed or copied, so the same holds on local disks, HDFS and object stores. While
 * it is written, a file in the folder claims it for one process: a second publication is refused,
 * and a folder whose process was killed is told from a foreign one. On S3 under Hadoop 3.3, which
 * looks before it writes, two processes can begin within the same instant; the one that was
 * overtaken notices at {@link #commit}.
 *
 * <p>Closing an uncommitted publication deletes what was written, new parent folders included; so
 * does the end of the JVM (Ctrl-C included). Not safe for use by several threads.
 */
public final class Publication implements AutoCloseable {
  /** The file that makes a folder finished. */
  public static final String MANIFEST = "manifest.json";

  private final FileSystem files;
  private final Path folder;
  private final Path oldestFolder;
  private final Claim claim;
  private boolean settled;

  private Publication(FileSystem files, Path folder, Path oldestFolder, Claim claim) {
    this.files = files;
    this.folder = folder;
    this.oldestFolder = oldestFolder;
    this.claim = claim;
  }

  /**
   * Starts the folder {@code destination}.
   *
   * @throws Refusal if it exists, finished or not, or its parent cannot be written
   */
  public static Publication begin(Path destination, Configuration hadoop) {
    try {
      FileSystem files = destination.getFileSystem(hadoop);
      files.setWriteChecksum(false);
      Path folder = files.makeQualified(destination);
      if (files.exists(folder)) {
        throw existing(files, folder);
      }
      Path oldestFolder = nearestExisting(files, folder.getParent());
      if (!files.mkdirs(folder)) {
        throw new IOException("the folder was not created");
      }
      Claim claim = Claim.on(folder, files);
      if (!claim.make()) {
        throw existing(files, folder);
      }
      requireNothingElse(files, folder, claim);
      files.deleteOnExit(folder);
      return new Publication(files, folder, oldestFolder, claim);
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

  /** Whether a folder has its manifest. */
  public static boolean isFinished(Path folder, Configuration hadoop) throws IOException {
    return folder.getFileSystem(hadoop).exists(new Path(folder, MANIFEST));
  }

  /** Whether a file is the mark of a folder that is being written, or whose writer was killed. */
  public static boolean isMarkOfUnfinished(Path file) {
    return Claim.isClaim(file);
  }

  /** Where to write until {@link #commit}, fully qualified; executors can use it too. */
  public Path folder() {
    return folder;
  }

  /**
   * Makes the folder a finished one.
   *
   * @param manifest the content of {@value #MANIFEST}
   * @throws Refusal if the folder was removed or published by somebody else in the meantime
   */
  public void commit(byte[] manifest) throws IOException {
    if (!claim.isHeld() || !NewFile.create(files, new Path(folder, MANIFEST), manifest)) {
      throw new Refusal(
          "Cannot publish %s: it was removed or written by somebody else in the meantime; choose another output."
              .formatted(folder));
    }
    settled = true;
    files.cancelDeleteOnExit(folder);
    claim.release();
  }

  @Override
  public void close() {
    if (settled) {
      return;
    }
    settled = true;
    try {
      if (claim.isHeld()) {
        deleteWithNewParents();
      }
      files.cancelDeleteOnExit(folder);
    } catch (IOException suppressed) {
      // What is left has no manifest: a failed clean-up must not hide why nothing was committed.
    }
  }

  private void deleteWithNewParents() throws IOException {
    files.delete(folder, true);
    for (Path parent = folder.getParent();
        !parent.equals(oldestFolder) && files.listStatus(parent).length == 0;
        parent = parent.getParent()) {
      files.delete(parent, false);
    }
  }

  private static Path nearestExisting(FileSystem files, Path folder) throws IOException {
    Path candidate = folder;
    while (candidate.getParent() != null && !files.exists(candidate)) {
      candidate = candidate.getParent();
    }
    return candidate;
  }

  /** Somebody else may have published and released the claim since the folder was looked for. */
  private static void requireNothingElse(FileSystem files, Path folder, Claim claim)
      throws IOException {
    for (FileStatus file : files.listStatus(folder)) {
      if (!Claim.isClaim(file.getPath())) {
        claim.release();
        throw existing(files, folder);
      }
    }
  }

  private static Refusal existing(FileSystem files, Path folder) throws IOException {
    boolean finished = files.exists(new Path(folder, MANIFEST));
    return Claim.holder(folder, files)
        .filter(holder -> !finished)
        .map(
            holder ->
                new Refusal(
                    "Cannot write to %s: it is unfinished, %s; wait for that process, or remove the folder if it is gone."
                        .formatted(folder, holder)))
        .orElseGet(
            () ->
                new Refusal(
                    "Cannot write to %s: it exists already; choose another output or remove it first."
                        .formatted(folder)));
  }
}
