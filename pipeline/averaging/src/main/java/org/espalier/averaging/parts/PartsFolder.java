package org.espalier.averaging.parts;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.espalier.base.Sha256;
import org.espalier.engine.optimiser.ShardOptimiser.Range;
import org.espalier.engine.replica.FlatVector;

/**
 * A folder with the parts of a vector. Every part has a name of its own, so that writers who know
 * nothing of each other never write the same file; what counts is what the list of parts names.
 *
 * @param path of the folder, fully qualified
 * @param hadoop how its file system is reached
 */
public record PartsFolder(Path path, Configuration hadoop) {
  private static final int PIECE = 1 << 16;

  /**
   * Writes a part.
   *
   * @param values those of the ranges, one after the other, little-endian float32
   */
  public VectorPart write(List<Range> ranges, ByteBuffer values) throws IOException {
    String name = "part-%010d-%s".formatted(ranges.get(0).start(), UUID.randomUUID());
    MessageDigest digest = Sha256.digest();
    try (OutputStream out = files().create(new Path(path, name), false)) {
      ByteBuffer rest = values.duplicate();
      byte[] piece = new byte[Math.min(PIECE, rest.remaining())];
      while (rest.hasRemaining()) {
        int count = Math.min(piece.length, rest.remaining());
        rest.get(piece, 0, count);
        digest.update(piece, 0, count);
        out.write(piece, 0, count);
      }
    }
    return new VectorPart(name, ranges, Sha256.hex(digest.digest()));
  }

  /**
   * Checks that this process sees the parts with all their bytes.
   *
   * @throws IOException if it does not
   */
  public void requireWhole(List<VectorPart> parts) throws IOException {
    Map<String, Long> found = new HashMap<>();
    for (FileStatus file : files().listStatus(path)) {
      found.put(file.getPath().getName(), file.getLen());
    }
    for (VectorPart part : parts) {
      Long bytes = found.get(part.file());
      if (bytes == null || bytes != part.bytes()) {
        throw new IOException(
            "the driver sees %s bytes of %s in place of %d"
                .formatted(bytes == null ? "no" : bytes, part.file(), part.bytes()));
      }
    }
  }

  /**
   * Puts parts together.
   *
   * @param length number of values of the vector
   * @throws DamagedPart if a part is missing, or not as it was written
   * @throws IOException if one cannot be read now
   */
  public FlatVector read(int length, List<VectorPart> parts) throws DamagedPart, IOException {
    byte[] vector = new byte[Math.multiplyExact(length, Float.BYTES)];
    FloatBuffer target = FlatVector.floats(ByteBuffer.wrap(vector));
    for (VectorPart part : parts) {
      byte[] bytes = bytes(part);
      if (bytes.length != part.bytes() || !Sha256.of(bytes).equals(part.sha256())) {
        throw new DamagedPart("its part %s is not as it was written".formatted(part.file()));
      }
      FloatBuffer values = FlatVector.floats(ByteBuffer.wrap(bytes));
      for (Range range : part.ranges()) {
        target.put(range.start(), values, values.position(), range.length());
        values.position(values.position() + range.length());
      }
    }
    return FlatVector.wrap(vector);
  }

  private byte[] bytes(VectorPart part) throws DamagedPart, IOException {
    try (InputStream in = files().open(new Path(path, part.file()))) {
      return in.readAllBytes();
    } catch (FileNotFoundException e) {
      throw new DamagedPart("its part %s is missing".formatted(part.file()));
    }
  }

  /** Writes a short text. */
  public void writeText(String name, String text) throws IOException {
    try (OutputStream out = files().create(new Path(path, name), false)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** A short text. */
  public String text(String name) throws IOException {
    try (InputStream in = files().open(new Path(path, name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Deletes a file, if it is there. */
  public void delete(String name) throws IOException {
    files().delete(new Path(path, name), false);
  }

  private FileSystem files() throws IOException {
    FileSystem files = path.getFileSystem(hadoop);
    files.setWriteChecksum(false);
    return files;
  }
}
