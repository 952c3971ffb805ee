package org.espalier.imagenet;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.espalier.base.Reason;

/** Reads the bytes of images one after the other; an archive stays open while it is read from. */
final class FileReading implements AutoCloseable {
  private static final long MOST_BYTES = 1L << 26;

  private final Configuration hadoop;
  private String openLocation = "";
  private FSDataInputStream open;

  FileReading(Configuration hadoop) {
    this.hadoop = hadoop;
  }

  /**
   * The bytes of a file.
   *
   * @throws RejectedFileException if there is no such file, or none that can be an image
   * @throws IOException if it cannot be read, which another attempt may
   */
  byte[] read(ImageFile file) throws IOException, RejectedFileException {
    if (!file.flaw().isEmpty()) {
      throw new RejectedFileException(file.flaw());
    }
    try {
      long length = length(file);
      if (length == 0) {
        throw new RejectedFileException("it is empty");
      }
      if (length > MOST_BYTES) {
        throw new RejectedFileException("it has " + length + " bytes, more than " + MOST_BYTES);
      }
      byte[] bytes = new byte[(int) length];
      open(file.location()).readFully(file.offset(), bytes);
      return bytes;
    } catch (FileNotFoundException e) {
      throw new RejectedFileException("there is no such file, or it may not be read");
    } catch (EOFException e) {
      throw new IOException(
          "%s has become shorter since it was listed: do not change the input while it is prepared"
              .formatted(file.location()),
          e);
    }
  }

  private long length(ImageFile file) throws IOException, RejectedFileException {
    if (file.bytes() != ImageFile.UNKNOWN) {
      return file.bytes();
    }
    Path path = path(file.location());
    FileStatus status = path.getFileSystem(hadoop).getFileStatus(path);
    if (status.isDirectory()) {
      throw new RejectedFileException("it is a folder");
    }
    return status.getLen();
  }

  private FSDataInputStream open(String location) throws IOException, RejectedFileException {
    if (!location.equals(openLocation)) {
      close();
      Path path = path(location);
      open = withoutChecksums(path.getFileSystem(hadoop)).open(path);
      openLocation = location;
    }
    return open;
  }

  /** Hadoop would look for a checksum beside a local file, whose name not all files can have. */
  private static FileSystem withoutChecksums(FileSystem files) {
    return files instanceof LocalFileSystem local ? local.getRawFileSystem() : files;
  }

  private static Path path(String location) throws RejectedFileException {
    try {
      return new Path(location);
    } catch (IllegalArgumentException e) {
      throw new RejectedFileException("its path is none: " + Reason.of(e));
    }
  }

  @Override
  public void close() throws IOException {
    if (open != null) {
      open.close();
      open = null;
      openLocation = "";
    }
  }
}
