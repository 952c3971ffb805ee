package org.espalier.storage;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A small file that is created only where there is none, so that of several processes which try at
 * the same time one succeeds: on local disks, HDFS and Google's store always, on S3 as far as
 * Hadoop's client looks before it writes.
 */
final class NewFile {
  private static final String LOCAL = "file";

  private NewFile() {}

  /**
   * Creates the file in a folder that exists.
   *
   * @param file fully qualified
   * @return whether it was created; false if it was there already
   */
  static boolean create(FileSystem files, Path file, byte[] content) throws IOException {
    try {
      if (LOCAL.equals(file.toUri().getScheme())) {
        // Hadoop's local file system looks first and creates then; the operating system does both.
        Files.write(
            java.nio.file.Path.of(file.toUri().getPath()), content, StandardOpenOption.CREATE_NEW);
      } else {
        try (OutputStream out = files.create(file, false)) {
          out.write(content);
        }
      }
      return true;
    } catch (FileAlreadyExistsException | org.apache.hadoop.fs.FileAlreadyExistsException e) {
      return false;
    }
  }
}
