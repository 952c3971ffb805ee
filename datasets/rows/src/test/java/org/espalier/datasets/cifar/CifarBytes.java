package org.espalier.datasets.cifar;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/** Files of CIFAR-10 in memory. */
final class CifarBytes {
  static final int RECORD = 3073;

  private CifarBytes() {}

  /** One record per label, whose pixels are {@code record * 5 + place}. */
  static byte[] records(int... labels) {
    byte[] bytes = new byte[labels.length * RECORD];
    for (int record = 0; record < labels.length; record++) {
      bytes[record * RECORD] = (byte) labels[record];
      for (int i = 0; i < RECORD - 1; i++) {
        bytes[record * RECORD + 1 + i] = (byte) (record * 5 + i);
      }
    }
    return bytes;
  }

  static byte[] gzip(byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
