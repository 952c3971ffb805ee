package org.espalier.imagenet;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.espalier.datasets.source.RowSink;

/** The files that a shard's task rejected, written as they come. */
final class RejectLog implements AutoCloseable {
  private final DataOutputStream out;

  RejectLog(FileSystem files, Path path) throws IOException {
    out = new DataOutputStream(new BufferedOutputStream(files.create(path, false)));
  }

  void add(String file, String reason) throws IOException {
    write(file);
    write(reason);
  }

  /** Hands the first {@code count} entries of a log to a sink. */
  static void copy(FileSystem files, Path path, long count, RowSink into) throws IOException {
    try (DataInputStream in = new DataInputStream(new BufferedInputStream(files.open(path)))) {
      for (long i = 0; i < count; i++) {
        into.accept(RejectedFiles.row(read(in), read(in)));
      }
    }
  }

  private void write(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String read(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
