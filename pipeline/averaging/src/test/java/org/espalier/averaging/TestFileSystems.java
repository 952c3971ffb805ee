package org.espalier.averaging;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/** The local disk in other clothes. */
final class TestFileSystems {
  private TestFileSystems() {}

  /** One whose files the owners of shards do not see. */
  public static final class Apart extends RawLocalFileSystem {
    static final AtomicInteger refused = new AtomicInteger();

    @Override
    public URI getUri() {
      return URI.create("apart:///");
    }

    @Override
    public FSDataInputStream open(Path file, int bufferSize) throws IOException {
      if (Thread.currentThread().getName().equals("espalier-files")) {
        refused.incrementAndGet();
        throw new FileNotFoundException(file + " is not here");
      }
      return super.open(file, bufferSize);
    }
  }

  /** One that has room for a probe and for nothing else. */
  public static final class Full extends RawLocalFileSystem {
    @Override
    public URI getUri() {
      return URI.create("full:///");
    }

    @Override
    public FSDataOutputStream create(
        Path file,
        boolean overwrite,
        int bufferSize,
        short replication,
        long blockSize,
        Progressable progress)
        throws IOException {
      return create(file, null, overwrite, bufferSize, replication, blockSize, progress);
    }

    @Override
    public FSDataOutputStream create(
        Path file,
        FsPermission permission,
        boolean overwrite,
        int bufferSize,
        short replication,
        long blockSize,
        Progressable progress)
        throws IOException {
      if (file.getName().startsWith("part-")) {
        throw new IOException("no space left on the device");
      }
      return super.create(file, overwrite, bufferSize, replication, blockSize, progress);
    }
  }
}
