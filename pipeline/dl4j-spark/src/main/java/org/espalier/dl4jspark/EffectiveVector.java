package org.espalier.dl4jspark;

import java.nio.FloatBuffer;
import org.espalier.averaging.TrainingState;
import org.espalier.engine.replica.FlatVector;
import org.espalier.sparsity.Mask;
import org.espalier.sparsity.SparseTensor;
import org.espalier.sparsity.SparseTensors;

/** What a network computes with: raw parameters times masks; updater state as it is. */
final class EffectiveVector {
  private EffectiveVector() {}

  static FlatVector of(TrainingState state, SparseTensors tensors) {
    int length = state.vector().length();
    return FlatVector.filled(
        length,
        values -> {
          values.put(0, state.vector().values(), 0, length);
          for (SparseTensor tensor : tensors) {
            zero(values, tensor, state.masks().mask(tensor.name()));
          }
        });
  }

  private static void zero(FloatBuffer values, SparseTensor tensor, Mask mask) {
    for (int i = 0; i < tensor.length(); i++) {
      if (!mask.isKept(i)) {
        values.put(tensor.offset() + i, 0f);
      }
    }
  }
}
