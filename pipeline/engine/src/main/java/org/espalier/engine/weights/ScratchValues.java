package org.espalier.engine.weights;

import java.util.HashMap;
import java.util.Map;
import org.espalier.engine.kernel.LayerKernels;
import org.espalier.engine.kernel.Values;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A layer's own vectors, which live from step to step. Owns their memory. */
final class ScratchValues implements AutoCloseable {
  private final LayerKernels kernels;
  private final DataType type;
  private final Map<String, Vector> vectors = new HashMap<>();

  ScratchValues(LayerKernels kernels, DataType type) {
    this.kernels = kernels;
    this.type = type;
  }

  private record Vector(INDArray memory, Values values) implements AutoCloseable {
    @Override
    public void close() {
      values.release();
      memory.close();
    }
  }

  /** The vector of a purpose, which keeps its values while its length stays; undefined at first. */
  Values of(String purpose, int length) {
    return vector(purpose, length).values();
  }

  double squares(String purpose) {
    double norm = vectors.get(purpose).memory().norm2Number().doubleValue();
    return norm * norm;
  }

  Values zeros(String purpose, int length) {
    Vector vector = vector(purpose, length);
    vector.memory().assign(0);
    return vector.values();
  }

  private Vector vector(String purpose, int length) {
    Vector vector = vectors.get(purpose);
    if (vector == null || vector.values().length() != length) {
      if (vector != null) {
        vector.close();
      }
      INDArray memory = Nd4j.createUninitializedDetached(type, length);
      vector = new Vector(memory, kernels.values(memory));
      vectors.put(purpose, vector);
    }
    return vector;
  }

  @Override
  public void close() {
    vectors.values().forEach(Vector::close);
    vectors.clear();
  }
}
