package org.espalier.datasets.cifar;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.espalier.base.Reason;
import org.espalier.base.Refusal;
import org.espalier.datasets.PixelImages;
import org.espalier.datasets.RowRange;
import org.espalier.datasets.source.RawFiles;
import org.espalier.datasets.source.RowSink;

/**
 * A batch of CIFAR-10 that was read to its end and found sound: records of a label and the pixels
 * of an image, {@code [channels, height, width]}.
 *
 * @param path fully qualified
 * @param records how many
 */
record CifarFile(String path, int records) implements Serializable {

  /**
   * Reads all of a file.
   *
   * @param records that it must have, neither more nor fewer
   * @throws Refusal if anything is not as it has to be
   */
  static CifarFile check(Path path, int records, PixelImages images, Configuration hadoop) {
    try (InputStream in = RawFiles.open(path, hadoop)) {
      byte[] record = new byte[1 + images.shape().bytes()];
      for (int i = 0; i < records; i++) {
        int read = in.readNBytes(record, 0, record.length);
        if (read < record.length) {
          long seen = (long) i * record.length + read;
          throw refusal(path, "it ends after %d of %s".formatted(seen, all(records, record)), null);
        }
        int label = Byte.toUnsignedInt(record[0]);
        if (label >= images.classes()) {
          throw refusal(
              path,
              "the label of record %d is %d instead of 0 to %d"
                  .formatted(i, label, images.classes() - 1),
              null);
        }
      }
      if (in.read() >= 0) {
        throw refusal(path, "it goes on after " + all(records, record), null);
      }
      return new CifarFile(path.toString(), records);
    } catch (EOFException e) {
      throw refusal(path, "it is truncated, the compressed data ends too early", e);
    } catch (IOException e) {
      throw refusal(path, "it cannot be read (" + Reason.of(e) + ")", e);
    }
  }

  /** Hands the records of a range to {@code sink}. */
  void read(RowRange range, PixelImages images, Configuration hadoop, RowSink sink)
      throws IOException {
    byte[] pixels = new byte[images.shape().bytes()];
    try (InputStream in = RawFiles.open(new Path(path), hadoop)) {
      in.skipNBytes(range.from() * (1L + pixels.length));
      for (long record = range.from(); record < range.to(); record++) {
        int label = in.read();
        if (label < 0 || in.readNBytes(pixels, 0, pixels.length) < pixels.length) {
          throw new IOException(
              "Cannot read record %d of %s: it changed since its check".formatted(record, path));
        }
        sink.accept(PixelImages.row(pixels, label));
      }
    }
  }

  private static String all(int records, byte[] record) {
    return "the %d bytes of %d records".formatted((long) records * record.length, records);
  }

  private static Refusal refusal(Path path, String found, Throwable cause) {
    return new Refusal(
        "Cannot use the CIFAR-10 file " + path + ": " + found + "; download or copy it again.",
        cause);
  }
}
