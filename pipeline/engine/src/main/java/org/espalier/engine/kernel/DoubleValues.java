package org.espalier.engine.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import org.bytedeco.javacpp.DoublePointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Off-heap float64 values, which only the reference computes with. */
final class DoubleValues extends Values {
  private final Lifetime lifetime;
  private final DoubleBuffer values;

  private DoubleValues(Lifetime lifetime, DoubleBuffer values) {
    this.lifetime = lifetime;
    this.values = values;
  }

  static DoubleValues allocate(int length) {
    ByteBuffer bytes =
        ByteBuffer.allocateDirect(Math.multiplyExact(length, Double.BYTES))
            .order(ByteOrder.nativeOrder());
    return new DoubleValues(new Lifetime(bytes), bytes.asDoubleBuffer());
  }

  static DoubleValues view(INDArray array) {
    DoublePointer pointer = new DoublePointer(array.data().pointer());
    long from = array.offset();
    pointer.position(from).limit(from + array.length());
    return new DoubleValues(
        new Lifetime(array.data()),
        pointer.asByteBuffer().order(ByteOrder.nativeOrder()).asDoubleBuffer());
  }

  @Override
  public Values sameType(int count) {
    return Values.doubles(count);
  }

  @Override
  public int length() {
    return values.capacity();
  }

  @Override
  public double get(int index) {
    lifetime.require();
    return values.get(index);
  }

  @Override
  public void set(int index, double value) {
    lifetime.require();
    values.put(index, value);
  }

  @Override
  public Values part(int from, int count) {
    lifetime.require();
    requirePart(from, count, values.capacity());
    return new DoubleValues(lifetime, values.slice(from, count));
  }

  @Override
  public void release() {
    lifetime.end();
  }
}
