package org.espalier.engine.weights;

import java.util.HashMap;
import java.util.Map;
import org.espalier.engine.kernel.LayerKernels;
import org.espalier.engine.kernel.Values;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Vectors that the weight tensors of one layer or vertex take turns with, each as long as the
 * longest that was asked for. What a tensor leaves in them is lost when another takes them. Owns
 * their memory.
 */
final class TurnedScratch implements AutoCloseable {
  private final LayerKernels kernels;
  private final DataType type;
  private final Map<String, Vector> vectors = new HashMap<>();

  TurnedScratch(LayerKernels kernels, DataType type) {
    this.kernels = kernels;
    this.type = type;
  }

  /** The memory of a purpose, its first values by their number, and who has it. */
  private static final class Vector {
    private final INDArray memory;
    private final Values values;
    private final Map<Integer, Values> parts = new HashMap<>();
    private WeightTensor holder;

    Vector(INDArray memory, Values values) {
      this.memory = memory;
      this.values = values;
    }

    Values first(int length) {
      return parts.computeIfAbsent(length, count -> values.part(0, count));
    }

    void close() {
      values.release();
      memory.close();
    }
  }

  /** The vector of a purpose with anything in it, for one tensor until another takes it. */
  Values take(String purpose, int length, WeightTensor holder) {
    Vector vector = vectors.get(purpose);
    if (vector == null || vector.values.length() < length) {
      if (vector != null) {
        vector.close();
      }
      INDArray memory = Nd4j.createUninitializedDetached(type, length);
      vector = new Vector(memory, kernels.values(memory));
      vectors.put(purpose, vector);
    }
    vector.holder = holder;
    return vector.first(length);
  }

  /** Whether a vector has what a tensor left in it. */
  boolean isHeld(String purpose, WeightTensor holder) {
    Vector vector = vectors.get(purpose);
    return vector != null && vector.holder == holder;
  }

  @Override
  public void close() {
    vectors.values().forEach(Vector::close);
    vectors.clear();
  }
}
