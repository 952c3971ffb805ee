package org.espalier.experiment;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.espalier.averaging.parts.VectorPart;
import org.espalier.engine.optimiser.ShardOptimiser.Range;

/**
 * The files that a checkpoint's vector is in, as bytes: number of values and of files (4 bytes
 * each); per file the length of its name (4), the name in UTF-8, its SHA-256 (32), the number of
 * ranges (4), and first value and number of values of each range (4 each). Little-endian.
 *
 * @param length number of values of the vector
 * @param parts the files
 */
record PartsList(int length, List<VectorPart> parts) {
  private static final int DIGEST_BYTES = 32;

  PartsList {
    parts = List.copyOf(parts);
  }

  byte[] encoded() {
    int size = parts.stream().mapToInt(PartsList::encodedSize).sum();
    ByteBuffer out = ByteBuffer.allocate(2 * Integer.BYTES + size).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(length).putInt(parts.size());
    for (VectorPart part : parts) {
      byte[] name = utf8(part);
      out.putInt(name.length).put(name).put(HexFormat.of().parseHex(part.sha256()));
      out.putInt(part.ranges().size());
      part.ranges().forEach(range -> out.putInt(range.start()).putInt(range.length()));
    }
    return out.array();
  }

  static PartsList decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int length = in.getInt();
    int count = in.getInt();
    List<VectorPart> parts = new ArrayList<>();
    for (int part = 0; part < count; part++) {
      String name = new String(take(in, in.getInt()), StandardCharsets.UTF_8);
      String sha256 = HexFormat.of().formatHex(take(in, DIGEST_BYTES));
      parts.add(new VectorPart(name, ranges(in), sha256));
    }
    return new PartsList(length, parts);
  }

  private static List<Range> ranges(ByteBuffer in) {
    int count = in.getInt();
    List<Range> ranges = new ArrayList<>();
    for (int range = 0; range < count; range++) {
      ranges.add(new Range(in.getInt(), in.getInt()));
    }
    return ranges;
  }

  private static byte[] take(ByteBuffer in, int count) {
    byte[] bytes = new byte[count];
    in.get(bytes);
    return bytes;
  }

  private static int encodedSize(VectorPart part) {
    return 2 * Integer.BYTES
        + utf8(part).length
        + DIGEST_BYTES
        + 2 * Integer.BYTES * part.ranges().size();
  }

  private static byte[] utf8(VectorPart part) {
    return part.file().getBytes(StandardCharsets.UTF_8);
  }
}
