package org.espalier.engine.kernel.vector;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The shape of all vectors here. One species of floats, also where half of the lanes would do: once
 * vectors of two have met in a method such as {@code intoArray}, the compiler does not know any
 * more which one comes, and allocates them.
 */
final class Species {
  /** Pairs of normal numbers lie that far apart. */
  static final int HALF = 16;

  static final VectorSpecies<Float> FLOATS = widest();
  static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, FLOATS.vectorShape());
  static final int LANES = FLOATS.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private Species() {}

  /** At most {@value #HALF} lanes. */
  private static VectorSpecies<Float> widest() {
    VectorSpecies<Float> preferred = FloatVector.SPECIES_PREFERRED;
    return preferred.length() <= HALF ? preferred : FloatVector.SPECIES_512;
  }

  /** Of the numbers from {@code first} to {@code end - 1} the end of those that fill all lanes. */
  static int whole(int first, int end) {
    return first + (end - first) / LANES * LANES;
  }

  /** Numbers {@code i} and following of memory in the CPU's byte order. */
  static FloatVector load(ByteBuffer memory, int i) {
    return FloatVector.fromByteBuffer(FLOATS, memory, i * Float.BYTES, ORDER);
  }

  /** Writes numbers {@code i} and following. */
  static void store(FloatVector v, ByteBuffer memory, int i) {
    v.intoByteBuffer(memory, i * Float.BYTES, ORDER);
  }

  /**
   * A number in every lane. Asked for in the loop: the compiler keeps it in a register, while a
   * vector that is a constant of a class would be read from memory every time.
   */
  static FloatVector broadcast(float x) {
    return FloatVector.broadcast(FLOATS, x);
  }
}
