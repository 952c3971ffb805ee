package org.espalier.datasets.source;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Raw files that may be compressed with gzip, told by their first bytes and not by their name. */
public final class RawFiles {
  private static final int BUFFER = 1 << 16;

  private RawFiles() {}

  /**
   * The content of a file, uncompressed.
   *
   * @throws IOException if there is no such file, or it cannot be read
   */
  public static InputStream open(Path path, Configuration hadoop) throws IOException {
    InputStream raw = new BufferedInputStream(path.getFileSystem(hadoop).open(path), BUFFER);
    try {
      raw.mark(2);
      boolean compressed = raw.read() == 0x1f && raw.read() == 0x8b;
      raw.reset();
      return compressed ? new GZIPInputStream(raw, BUFFER) : raw;
    } catch (IOException | RuntimeException e) {
      raw.close();
      throw e;
    }
  }
}
