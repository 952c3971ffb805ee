package org.espalier.datasets.idx;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.espalier.base.Reason;
import org.espalier.base.Refusal;
import org.espalier.datasets.source.RawFiles;

/**
 * An IDX file of unsigned bytes that was read to its end and found sound: a magic number {@code
 * 0x0000080R} for R sizes, the R sizes as 32-bit big-endian numbers, and their product of bytes.
 *
 * @param path fully qualified
 * @param headerBytes the bytes before the payload
 * @param items the first size
 * @param itemBytes the product of the other sizes
 */
record IdxFile(String path, int headerBytes, int items, int itemBytes) implements Serializable {
  private static final int UNSIGNED_BYTES = 0x800;

  /** Sees every byte of a file's payload. */
  @FunctionalInterface
  interface ByteCheck {
    /** Looks at {@code length} bytes of which the first is the payload's {@code at}-th. */
    void look(byte[] bytes, int length, long at);
  }

  /**
   * Reads all of a file.
   *
   * @param itemSizes the sizes that must follow the first one, {@code [28, 28]} for images
   * @throws Refusal if anything is not as it has to be
   */
  static IdxFile check(Path path, List<Integer> itemSizes, Configuration hadoop, ByteCheck check) {
    try (DataInputStream in = new DataInputStream(RawFiles.open(path, hadoop))) {
      IdxFile file = header(path, itemSizes, in);
      payload(file, in, check);
      return file;
    } catch (EOFException e) {
      throw refusal(path, "it is truncated, the compressed data ends too early", e);
    } catch (IOException e) {
      throw refusal(path, "it cannot be read (" + Reason.of(e) + ")", e);
    }
  }

  /** The payload from {@code item} on. */
  InputStream open(long item, Configuration hadoop) throws IOException {
    InputStream in = RawFiles.open(new Path(path), hadoop);
    try {
      in.skipNBytes(headerBytes + item * itemBytes);
      return in;
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  private static IdxFile header(Path path, List<Integer> itemSizes, DataInputStream in)
      throws IOException {
    try {
      int expected = UNSIGNED_BYTES + 1 + itemSizes.size();
      int magic = in.readInt();
      if (magic != expected) {
        throw refusal(
            path, String.format("it starts with 0x%08x instead of 0x%08x", magic, expected), null);
      }
      int items = in.readInt();
      if (items < 1) {
        throw refusal(path, "its header announces " + items + " items instead of 1 or more", null);
      }
      int itemBytes = 1;
      for (int expectedSize : itemSizes) {
        int size = in.readInt();
        if (size != expectedSize) {
          throw refusal(
              path, "its header has the size " + size + " instead of " + expectedSize, null);
        }
        itemBytes *= size;
      }
      int headerBytes = Integer.BYTES * (2 + itemSizes.size());
      return new IdxFile(path.toString(), headerBytes, items, itemBytes);
    } catch (EOFException e) {
      throw refusal(path, "it ends within its header", e);
    }
  }

  private static void payload(IdxFile file, InputStream in, ByteCheck check) throws IOException {
    Path path = new Path(file.path);
    long expected = (long) file.items * file.itemBytes;
    byte[] buffer = new byte[1 << 16];
    long seen = 0;
    try {
      while (seen < expected) {
        int read = in.read(buffer, 0, (int) Math.min(buffer.length, expected - seen));
        if (read < 0) {
          throw new EOFException();
        }
        check.look(buffer, read, seen);
        seen += read;
      }
    } catch (EOFException e) {
      throw refusal(
          path, "it ends after " + seen + " of the " + expected + " bytes it announces", e);
    }
    if (in.read() >= 0) {
      throw refusal(path, "it goes on after the " + expected + " bytes that it announces", null);
    }
  }

  private static Refusal refusal(Path path, String found, Throwable cause) {
    return new Refusal(
        "Cannot use the IDX file " + path + ": " + found + "; download or copy it again.", cause);
  }
}
