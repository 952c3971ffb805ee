package org.espalier.datasets.prepare;

import java.io.IOException;
import java.security.MessageDigest;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.espalier.base.Sha256;

/**
 * A new file whose length and SHA-256 are known when it is closed.
 *
 * <p>It claims to have no blocks, so that Parquet never pads to a block of the file system and the
 * bytes do not depend on where they are stored. Its folder must exist: an attempt that comes too
 * late must not bring back a folder that was cleaned away.
 */
final class DigestingOutput implements OutputFile, AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final Path path;
  private final Configuration hadoop;
  private final MessageDigest digest = Sha256.digest();
  private long bytes;
  private String sha256;
  private Stream stream;

  DigestingOutput(Path path, Configuration hadoop) {
    this.path = path;
    this.hadoop = hadoop;
  }

  /** The file's length, once it is closed. */
  long bytes() {
    return bytes;
  }

  /** The file's SHA-256, once it is closed. */
  String sha256() {
    return sha256;
  }

  @Override
  public PositionOutputStream create(long blockSizeHint) throws IOException {
    FileSystem files = path.getFileSystem(hadoop);
    files.setWriteChecksum(false);
    stream =
        new Stream(
            files.createNonRecursive(
                path,
                false,
                BUFFER,
                files.getDefaultReplication(path),
                files.getDefaultBlockSize(path),
                null));
    return stream;
  }

  /** Closes a file that was not completed. */
  @Override
  public void close() throws IOException {
    if (stream != null) {
      stream.close();
    }
  }

  @Override
  public PositionOutputStream createOrOverwrite(long blockSizeHint) throws IOException {
    return create(blockSizeHint);
  }

  @Override
  public boolean supportsBlockSize() {
    return false;
  }

  @Override
  public long defaultBlockSize() {
    return 0;
  }

  @Override
  public String getPath() {
    return path.toString();
  }

  private final class Stream extends PositionOutputStream {
    private final FSDataOutputStream out;

    Stream(FSDataOutputStream out) {
      this.out = out;
    }

    @Override
    public long getPos() {
      return bytes;
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
      digest.update((byte) b);
      bytes++;
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
      out.write(from, offset, length);
      digest.update(from, offset, length);
      bytes += length;
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }

    @Override
    public void close() throws IOException {
      out.close();
      if (sha256 == null) {
        sha256 = Sha256.hex(digest.digest());
      }
    }
  }
}
