package org.espalier.engine.transformer;

import java.util.Map;
import org.espalier.engine.kernel.Values;

/** What a sublayer computes of what it has normalised, feature by feature. */
interface Branch extends AutoCloseable {
  /**
   * The forward pass.
   *
   * @param x `[width, positions]`
   * @param y `[width, positions]`, overwritten; without the bias that is added at the end
   */
  void forward(Phase phase, Values x, Values y);

  /**
   * The backward pass: overwrites the gradients of its weights.
   *
   * @param y what the branch wrote, whose values are not read
   * @param delta gradient of y, changed
   * @param inputGradient overwritten
   */
  void backward(Values x, Values y, Values delta, Values inputGradient);

  /** Its matrices, by their keys. */
  Map<String, Projection> projections();

  @Override
  default void close() {
    projections().values().forEach(Projection::close);
  }
}
