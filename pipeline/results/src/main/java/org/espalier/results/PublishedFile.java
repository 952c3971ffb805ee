package org.espalier.results;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.espalier.base.Sha256;

/**
 * A file as a manifest lists it.
 *
 * @param bytes its length
 * @param sha256 of its content, in hex
 */
public record PublishedFile(long bytes, String sha256) {

  public PublishedFile {
    Require.atLeast(0, bytes, "a file's bytes");
    Require.text(sha256, "file's SHA-256");
  }

  /** The file at this place, read from its first to its last byte. */
  static PublishedFile at(Path place, FileSystem files) throws IOException {
    try (InputStream in = files.open(place)) {
      return new PublishedFile(files.getFileStatus(place).getLen(), Sha256.of(in));
    }
  }
}
