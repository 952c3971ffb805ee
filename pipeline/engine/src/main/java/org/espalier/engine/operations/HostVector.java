package org.espalier.engine.operations;

import java.nio.FloatBuffer;
import java.util.function.Consumer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The float32 values of an array of ND4J, in the order of its buffer, for code that runs on the
 * host: where they are if the backend keeps them in the memory of the process, else copied in every
 * call. Valid as long as the array is open.
 */
public abstract sealed class HostVector {
  private HostVector() {}

  /** The values of an array that lie one after the other. */
  public static HostVector of(INDArray contiguous) {
    return LayerArithmetic.isOnHost() ? new Viewed(contiguous) : new Copied(contiguous);
  }

  /** Number of values. */
  public abstract int length();

  /** Copies {@code target.remaining()} values, from {@code from} on, to the target's position. */
  public abstract void read(int from, FloatBuffer target);

  /** Replaces values from {@code from} on by those between the source's position and limit. */
  public abstract void write(int from, FloatBuffer source);

  /** Copies the values at {@code from + indices[i]}, for i of {@code first ... }, to the target. */
  public void gather(int from, int[] indices, int first, FloatBuffer target) {
    FloatBuffer all = FloatBuffer.allocate(span(indices));
    read(from, all);
    for (int i = 0; i < target.remaining(); i++) {
      target.put(target.position() + i, all.get(indices[first + i]));
    }
  }

  /** Replaces the values at {@code from + indices[i]} by those from the source's position on. */
  public void scatter(int from, int[] indices, FloatBuffer source) {
    FloatBuffer all = FloatBuffer.allocate(span(indices));
    read(from, all);
    for (int i = 0; i < indices.length; i++) {
      all.put(indices[i], source.get(source.position() + i));
    }
    write(from, all);
  }

  private static int span(int[] ascending) {
    return ascending.length == 0 ? 0 : ascending[ascending.length - 1] + 1;
  }

  /**
   * Replaces the values by what {@code filling} puts into a buffer of {@link #length} values, whose
   * values before that are undefined.
   */
  public abstract void fill(Consumer<FloatBuffer> filling);

  /** Values in the memory of the process. */
  private static final class Viewed extends HostVector {
    private final INDArray owner; // Keeps the memory.
    private final FloatBuffer values;

    private Viewed(INDArray contiguous) {
      owner = contiguous;
      FloatPointer pointer = new FloatPointer(contiguous.data().pointer());
      long from = contiguous.offset();
      values = pointer.position(from).limit(from + contiguous.length()).asBuffer();
    }

    @Override
    public int length() {
      return Math.toIntExact(owner.length());
    }

    @Override
    public void read(int from, FloatBuffer target) {
      target.put(target.position(), values, from, target.remaining());
    }

    @Override
    public void write(int from, FloatBuffer source) {
      values.put(from, source, source.position(), source.remaining());
    }

    @Override
    public void gather(int from, int[] indices, int first, FloatBuffer target) {
      int at = target.position();
      for (int i = 0; i < target.remaining(); i++) {
        target.put(at + i, values.get(from + indices[first + i]));
      }
    }

    @Override
    public void scatter(int from, int[] indices, FloatBuffer source) {
      int at = source.position();
      for (int i = 0; i < indices.length; i++) {
        values.put(from + indices[i], source.get(at + i));
      }
    }

    @Override
    public void fill(Consumer<FloatBuffer> filling) {
      filling.accept(values.duplicate());
    }
  }

  /** Values elsewhere. */
  private static final class Copied extends HostVector {
    private final INDArray array;

    private Copied(INDArray contiguous) {
      array = contiguous.reshape(contiguous.ordering(), new long[] {contiguous.length()});
    }

    @Override
    public int length() {
      return Math.toIntExact(array.length());
    }

    @Override
    public void read(int from, FloatBuffer target) {
      int count = target.remaining();
      float[] copy = array.get(NDArrayIndex.interval(from, from + count)).toFloatVector();
      target.put(target.position(), copy, 0, count);
    }

    @Override
    public void write(int from, FloatBuffer source) {
      float[] copy = new float[source.remaining()];
      source.get(source.position(), copy);
      array.get(NDArrayIndex.interval(from, from + copy.length)).assign(Nd4j.createFromArray(copy));
    }

    @Override
    public void fill(Consumer<FloatBuffer> filling) {
      float[] copy = new float[length()];
      filling.accept(FloatBuffer.wrap(copy));
      array.assign(Nd4j.createFromArray(copy));
    }
  }
}
