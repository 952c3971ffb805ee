package org.espalier.images;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The orientation in a JPEG's EXIF segment (EXIF 2.3, tag 0x0112 of the first directory). */
final class ExifOrientation {
  private static final byte[] SIGNATURE = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);
  private static final int TAG = 0x0112;
  private static final int ENTRY_BYTES = 12;
  private static final int VALUE = 8;
  private static final int HIGHEST = 8;

  private ExifOrientation() {}

  /** The orientation, 1 to 8, or {@code otherwise} if the segment does not tell one. */
  static int of(byte[] file, int from, int end, int otherwise) {
    int tiff = from + SIGNATURE.length;
    if (end < tiff + VALUE || !Arrays.equals(file, from, tiff, SIGNATURE, 0, SIGNATURE.length)) {
      return otherwise;
    }
    ByteBuffer bytes = ByteBuffer.wrap(file, tiff, end - tiff).slice();
    bytes.order(bytes.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int directory = bytes.getInt(4);
    if (directory < VALUE || directory > bytes.limit() - 2) {
      return otherwise;
    }
    int entries = Short.toUnsignedInt(bytes.getShort(directory));
    for (int entry = 0; entry < entries; entry++) {
      int at = directory + 2 + entry * ENTRY_BYTES;
      if (at > bytes.limit() - ENTRY_BYTES) {
        return otherwise;
      }
      if (Short.toUnsignedInt(bytes.getShort(at)) == TAG) {
        int value = bytes.getShort(at + VALUE);
        return value >= ImageHeader.UPRIGHT && value <= HIGHEST ? value : otherwise;
      }
    }
    return otherwise;
  }
}
