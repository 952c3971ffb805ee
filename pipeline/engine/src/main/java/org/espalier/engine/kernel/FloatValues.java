package org.espalier.engine.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Off-heap float32 values. */
public final class FloatValues extends Values {
  private static final int ALIGNMENT = 64;
  private static final int FILLED_AT_ONCE = 1 << 14;

  private final Lifetime lifetime;
  private final ByteBuffer bytes;
  private final FloatBuffer values;
  private final long address;
  private final int length;

  private FloatValues(Lifetime lifetime, ByteBuffer memory, long address) {
    this.lifetime = lifetime;
    this.bytes = memory.slice().order(ByteOrder.nativeOrder());
    this.values = bytes.asFloatBuffer();
    this.address = address;
    this.length = values.capacity();
  }

  static FloatValues allocate(int length) {
    int size = Math.addExact(Math.multiplyExact(length, Float.BYTES), 2 * ALIGNMENT);
    ByteBuffer bytes =
        ByteBuffer.allocateDirect(size).alignedSlice(ALIGNMENT).slice(0, length * Float.BYTES);
    long address = new FloatPointer(bytes.asFloatBuffer()).address();
    return new FloatValues(new Lifetime(bytes), bytes, address);
  }

  static FloatValues view(INDArray array) {
    FloatPointer pointer = new FloatPointer(array.data().pointer());
    long from = array.offset();
    pointer.position(from).limit(from + array.length());
    return new FloatValues(
        new Lifetime(array.data()), pointer.asByteBuffer(), pointer.address() + from * Float.BYTES);
  }

  /**
   * These values as float32 ones.
   *
   * @throws IllegalArgumentException if they are others
   */
  public static FloatValues require(Values values) {
    if (values instanceof FloatValues floats) {
      return floats;
    }
    throw new IllegalArgumentException(
        "Cannot run a float32 kernel on other than off-heap float32 values; take the kernels with Kernels.reference().");
  }

  /** The address of the first value, for native code; refused after release. */
  long address() {
    lifetime.require();
    return address;
  }

  /** The memory, in the CPU's byte order; refused after release. */
  ByteBuffer bytes() {
    lifetime.require();
    return bytes;
  }

  /** Copies {@code count} values, from {@code from} on. */
  public void read(int from, float[] to, int count) {
    read(from, to, 0, count);
  }

  /** Copies {@code count} values, from {@code from} on, to an array from {@code at} on. */
  public void read(int from, float[] to, int at, int count) {
    lifetime.require();
    values.get(from, to, at, count);
  }

  /** Sets {@code count} values, from {@code from} on. */
  public void write(int from, float[] source, int count) {
    write(from, source, 0, count);
  }

  /** Sets {@code count} values, from {@code from} on, to those of an array from {@code at} on. */
  public void write(int from, float[] source, int at, int count) {
    lifetime.require();
    values.put(from, source, at, count);
  }

  /** Copies {@code target.remaining()} values, from {@code from} on, to the target's position. */
  public void read(int from, FloatBuffer target) {
    lifetime.require();
    target.put(target.position(), values, from, target.remaining());
  }

  /** Sets values from {@code from} on to those between the source's position and limit. */
  public void write(int from, FloatBuffer source) {
    lifetime.require();
    values.put(from, source, source.position(), source.remaining());
  }

  /** Copies {@code count} values, from {@code from} on, to other values from {@code at} on. */
  public void copy(int from, FloatValues to, int at, int count) {
    lifetime.require();
    to.lifetime.require();
    to.values.put(at, values, from, count);
  }

  @Override
  public void copy(int from, Values to, int at, int count) {
    copy(from, require(to), at, count);
  }

  /** Copies the values of some indices. */
  public void gather(int[] indices, float[] to) {
    lifetime.require();
    for (int i = 0; i < indices.length; i++) {
      to[i] = values.get(indices[i]);
    }
  }

  /** Sets the values of some indices. */
  public void scatter(int[] indices, float[] from) {
    lifetime.require();
    for (int i = 0; i < indices.length; i++) {
      values.put(indices[i], from[i]);
    }
  }

  /** Copies the values of some indices to the target's position. */
  public void gather(int[] indices, FloatBuffer target) {
    lifetime.require();
    int at = target.position();
    for (int i = 0; i < indices.length; i++) {
      target.put(at + i, values.get(indices[i]));
    }
  }

  /** Sets the values of some indices to those from the source's position on. */
  public void scatter(int[] indices, FloatBuffer source) {
    lifetime.require();
    int at = source.position();
    for (int i = 0; i < indices.length; i++) {
      values.put(indices[i], source.get(at + i));
    }
  }

  @Override
  public Values sameType(int count) {
    return Values.floats(count);
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public double get(int index) {
    lifetime.require();
    return values.get(index);
  }

  @Override
  public void set(int index, double value) {
    lifetime.require();
    values.put(index, (float) value);
  }

  @Override
  public void fill(double value) {
    float[] piece = new float[Math.min(length, FILLED_AT_ONCE)];
    Arrays.fill(piece, (float) value);
    for (int done = 0; done < length; done += piece.length) {
      write(done, piece, Math.min(piece.length, length - done));
    }
  }

  @Override
  public Values part(int from, int count) {
    lifetime.require();
    requirePart(from, count, length);
    return new FloatValues(
        lifetime,
        bytes.slice(from * Float.BYTES, count * Float.BYTES),
        address + (long) from * Float.BYTES);
  }

  @Override
  public void release() {
    lifetime.end();
  }
}
