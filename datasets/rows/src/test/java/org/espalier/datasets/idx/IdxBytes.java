package org.espalier.datasets.idx;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/** IDX files in memory, right and wrong ones. */
final class IdxBytes {
  private IdxBytes() {}

  /** Images of 28x28 whose pixels are {@code image * 5 + place}. */
  static byte[] images(int number) {
    byte[] payload = new byte[number * 784];
    for (int i = 0; i < payload.length; i++) {
      payload[i] = (byte) (i / 784 * 5 + i % 784);
    }
    return file(payload, 0x803, number, 28, 28);
  }

  static byte[] labels(int... labels) {
    byte[] payload = new byte[labels.length];
    for (int i = 0; i < payload.length; i++) {
      payload[i] = (byte) labels[i];
    }
    return file(payload, 0x801, labels.length);
  }

  static byte[] file(byte[] payload, int... header) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      for (int number : header) {
        out.writeInt(number);
      }
      out.write(payload);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
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
