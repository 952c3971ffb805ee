package org.espalier.engine.replica;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.function.Consumer;
import org.espalier.base.Sha256;

/**
 * Everything of a replica that is averaged, as one vector of float32: the parameters in the
 * network's own order, then the updater's state.
 *
 * <p>Held as little-endian bytes, which is how it travels and how it is hashed. Immutable by
 * convention: whoever makes one hands the array over.
 */
public final class FlatVector implements Serializable {
  private static final long serialVersionUID = 1L;

  private final byte[] bytes;

  private FlatVector(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * The vector that lies in {@code bytes}, which must not be changed any more.
   *
   * @throws IllegalArgumentException if the length is not a multiple of four
   */
  public static FlatVector wrap(byte[] bytes) {
    if (bytes.length % Float.BYTES != 0) {
      throw new IllegalArgumentException(
          "Cannot read float32 values from " + bytes.length + " bytes: not a multiple of 4");
    }
    return new FlatVector(bytes);
  }

  /** The vector of these values. */
  public static FlatVector of(float... values) {
    byte[] bytes = new byte[Math.multiplyExact(values.length, Float.BYTES)];
    floats(ByteBuffer.wrap(bytes)).put(values);
    return new FlatVector(bytes);
  }

  /** The vector of {@code length} values that {@code filling} puts into a buffer of zeros. */
  public static FlatVector filled(int length, Consumer<FloatBuffer> filling) {
    byte[] bytes = new byte[Math.multiplyExact(length, Float.BYTES)];
    filling.accept(floats(ByteBuffer.wrap(bytes)));
    return new FlatVector(bytes);
  }

  /** Number of float32 values. */
  public int length() {
    return bytes.length / Float.BYTES;
  }

  /** A read-only view of the values. */
  public FloatBuffer values() {
    return floats(ByteBuffer.wrap(bytes)).asReadOnlyBuffer();
  }

  /** This vector, and zeros up to {@code length} values. */
  public FlatVector padded(int length) {
    return filled(length, target -> target.put(0, values(), 0, length()));
  }

  /** The first {@code count} values; this vector if it has no more. */
  public FlatVector first(int count) {
    return count == length()
        ? this
        : new FlatVector(Arrays.copyOf(bytes, Math.multiplyExact(count, Float.BYTES)));
  }

  /** The first {@code count} values as an array of their own. */
  public float[] head(int count) {
    float[] head = new float[count];
    values().get(head);
    return head;
  }

  /** Whether the first {@code count} values are finite numbers. */
  public boolean isFinite(int count) {
    FloatBuffer values = values();
    for (int i = 0; i < count; i++) {
      if (!Float.isFinite(values.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** The little-endian bytes of the first {@code count} values, to be read only. */
  public ByteBuffer headBytes(int count) {
    return ByteBuffer.wrap(bytes, 0, count * Float.BYTES).asReadOnlyBuffer();
  }

  /** All little-endian bytes, to be read only. */
  public ByteBuffer bytes() {
    return headBytes(length());
  }

  /** SHA-256, in hex, of the little-endian bytes of the first {@code count} values. */
  public String headSha256(int count) {
    MessageDigest digest = Sha256.digest();
    digest.update(headBytes(count));
    return Sha256.hex(digest.digest());
  }

  /** The little-endian float view of a buffer of bytes. */
  public static FloatBuffer floats(ByteBuffer bytes) {
    return bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
  }
}
