package org.espalier.experiment;

import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.espalier.base.Reason;
import org.espalier.base.Refusal;

/** A file of a finished run or of an export. */
final class StoredFile {
  private StoredFile() {}

  /**
   * The bytes of {@code place} itself, or of the file {@code name} in it where it is a folder.
   *
   * @throws Refusal if there is none, or it cannot be read
   */
  static byte[] read(Path place, String name, Configuration hadoop) {
    try {
      FileSystem files = place.getFileSystem(hadoop);
      Path file = files.getFileStatus(place).isDirectory() ? new Path(place, name) : place;
      byte[] bytes = new byte[Math.toIntExact(files.getFileStatus(file).getLen())];
      try (FSDataInputStream in = files.open(file)) {
        in.readFully(bytes);
      }
      return bytes;
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
}
