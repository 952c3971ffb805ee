package org.espalier.experiment;

import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.espalier.base.Reason;
import org.espalier.base.Refusal;
import org.espalier.sparsity.MaskFile;
import org.espalier.sparsity.MaskSet;
import org.espalier.training.FlatVector;

/** A file of a finished run or of an export. */
final class StoredFile {
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
          "Cannot read a trained network from %s: there is no %s; name the folder of a run that came to its end, or of an export."
              .formatted(place, name),
          e);
    } catch (IOException e) {
      throw new Refusal(
          "Cannot read a trained network from %s: %s; name a folder that this user may read."
              .formatted(place, Reason.of(e)),
          e);
    }
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
