package org.espalier.experiment;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.espalier.base.Reason;
import org.espalier.base.Refusal;
import org.espalier.engine.replica.FlatVector;
import org.espalier.sparsity.MaskFile;
import org.espalier.sparsity.MaskSet;

/** A file of a finished run or of an export. */
final class StoredFile {
  private static final Set<String> OF_RUNS_ONLY =
      Set.of(RunFiles.CONFIGURATION, RunFiles.PLAIN_NETWORK);

  private StoredFile() {}

  /**
   * The parameters in {@code place}, or in the file of the usual name in it where it is a folder.
   *
   * @throws Refusal if there are none, or they cannot be read
   */
  static FlatVector parameters(Path place, Configuration hadoop) {
    byte[] bytes = read(place, RunFiles.PARAMETERS, hadoop);
    if (bytes.length % Float.BYTES != 0) {
      throw new Refusal(
          "Cannot read parameters from %s: it has %d bytes, which is no multiple of %d; take another copy."
              .formatted(place, bytes.length, Float.BYTES));
    }
    return FlatVector.wrap(bytes);
  }

  /** The masks in {@code place}, likewise. */
  static MaskSet masks(Path place, Configuration hadoop) {
    return MaskFile.decode(read(place, RunFiles.MASKS, hadoop), place.toString());
  }

  /** The network in {@code place}, or beside it where it is a file, in DL4J's JSON form. */
  static String network(Path place, Configuration hadoop) {
    try {
      boolean folder = place.getFileSystem(hadoop).getFileStatus(place).isDirectory();
      return text(folder ? place : place.getParent(), RunFiles.NETWORK, hadoop);
    } catch (IOException e) {
      throw unreadable(place, e);
    }
  }

  /** The text in {@code place}, likewise. */
  static String text(Path place, String name, Configuration hadoop) {
    return new String(read(place, name, hadoop), StandardCharsets.UTF_8);
  }

  /**
   * The bytes of {@code place} itself, or of the file {@code name} in it where it is a folder.
   *
   * @throws Refusal if there is none, or it cannot be read
   */
  static byte[] read(Path place, String name, Configuration hadoop) {
    try {
      FileSystem files = place.getFileSystem(hadoop);
      Path file = files.getFileStatus(place).isDirectory() ? new Path(place, name) : place;
      return bytes(files, file);
    } catch (FileNotFoundException e) {
      throw new Refusal(
          "Cannot read a trained network from %s: there is no %s; name the folder of a run that came to its end%s."
              .formatted(place, name, OF_RUNS_ONLY.contains(name) ? "" : ", or of an export"),
          e);
    } catch (IOException e) {
      throw unreadable(place, e);
    }
  }

  private static Refusal unreadable(Path place, IOException e) {
    return new Refusal(
        "Cannot read a trained network from %s: %s; name a folder that this user may read."
            .formatted(place, Reason.of(e)),
        e);
  }

  /** All of a file. */
  static byte[] bytes(FileSystem files, Path file) throws IOException {
    byte[] bytes = new byte[Math.toIntExact(files.getFileStatus(file).getLen())];
    try (FSDataInputStream in = files.open(file)) {
      in.readFully(bytes);
    }
    return bytes;
  }
}
