package org.espalier.kernel;

import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A pointer to the first value of a row-major float32 matrix, set anew for every call so that calls
 * allocate nothing. The array must stay open and referenced while the pointer is in use.
 */
final class Matrix extends FloatPointer {
  Matrix() {
    super((org.bytedeco.javacpp.Pointer) null);
  }

  /** Points at the values of a contiguous array. */
  Matrix at(INDArray array) {
    if (array.dataType() != DataType.FLOAT) {
      throw new IllegalArgumentException(
          "Cannot compute with " + array.dataType() + " values: the kernels take float32");
    }
    this.address = array.data().address() + array.offset() * Float.BYTES;
    return this;
  }
}
