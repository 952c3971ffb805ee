package org.espalier.engine.kernel;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Direct access to the float32 values of ND4J arrays. */
public final class OffHeap {
  private OffHeap() {}

  /**
   * The values of a contiguous array, in the order of its buffer. The view is valid as long as the
   * array is open and referenced.
   */
  public static FloatBuffer view(INDArray contiguous) {
    Backend.requireCpu();
    FloatPointer pointer = new FloatPointer(contiguous.data().pointer());
    long from = contiguous.offset();
    return pointer.position(from).limit(from + contiguous.length()).asBuffer();
  }
}
