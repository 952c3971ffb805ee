package org.espalier.storage;

import java.io.IOException;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.espalier.base.Reason;
import org.espalier.base.Refusal;

/**
 * One file that appears whole or not at all: it is written under a hidden name in the same folder
 * and renamed when it is complete. For a folder there is {@link Publication}.
 */
public final class WholeFile {
  private final Path destination;
  private final Configuration hadoop;
  private final IfPresent ifPresent;

  private enum IfPresent {
    REFUSE,
    REPLACE
  }

  /** Writes the content of a file that does not exist yet. */
  @FunctionalInterface
  public interface Content {
    /** Creates {@code unfinished} on {@code files} and writes everything to it. */
    void writeTo(FileSystem files, Path unfinished) throws IOException;
  }

  private WholeFile(Path destination, Configuration hadoop, IfPresent ifPresent) {
    this.destination = destination;
    this.hadoop = hadoop;
    this.ifPresent = ifPresent;
  }

  /** A file at a place where there must be none yet. */
  public static WholeFile creating(Path destination, Configuration hadoop) {
    return new WholeFile(destination, hadoop, IfPresent.REFUSE);
  }

  /** A file that takes the place of an older one; a reader sees the old, none, or the new one. */
  public static WholeFile replacing(Path destination, Configuration hadoop) {
    return new WholeFile(destination, hadoop, IfPresent.REPLACE);
  }

  /**
   * Writes the file, with its parent folders where they are missing.
   *
   * @return the file's fully qualified path
   * @throws Refusal if the file exists and may not be replaced, or cannot be written
   */
  public Path write(Content content) {
    try {
      FileSystem files = destination.getFileSystem(hadoop);
      files.setWriteChecksum(false);
      Path target = files.makeQualified(destination);
      refuseExisting(files, target);
      Path unfinished =
          new Path(target.getParent(), "." + target.getName() + ".unfinished-" + UUID.randomUUID());
      files.deleteOnExit(unfinished);
      try {
        content.writeTo(files, unfinished);
        publish(files, unfinished, target);
      } finally {
        files.delete(unfinished, false);
        files.cancelDeleteOnExit(unfinished);
      }
      return target;
    } catch (IOException e) {
      throw new Refusal(
          "Cannot write "
              + destination
              + ": "
              + Reason.of(e)
              + "; choose an output that this user may create.",
          e);
    }
  }

  private void publish(FileSystem files, Path unfinished, Path target) throws IOException {
    refuseExisting(files, target);
    files.delete(target, false);
    if (!files.rename(unfinished, target)) {
      throw new IOException("the file system refused the rename");
    }
  }

  private void refuseExisting(FileSystem files, Path target) throws IOException {
    if (ifPresent == IfPresent.REFUSE && files.exists(target)) {
      throw new Refusal(
          "Cannot write "
              + target
              + ": it exists already; choose another output or remove it first.");
    }
  }
}
