package org.espalier.averaging.master;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import org.espalier.averaging.TrainingState;
import org.espalier.sparsity.Mask;
import org.espalier.sparsity.SparseTensor;
import org.espalier.sparsity.SparseTensors;
import org.espalier.training.FlatVector;

/** What a network computes with: raw parameters times masks; updater state as it is. */
final class EffectiveVector {
  private EffectiveVector() {}

  static FlatVector of(TrainingState state, SparseTensors tensors) {
    int length = state.vector().length();
    byte[] bytes = new byte[length * Float.BYTES];
    ByteBuffer.wrap(bytes).put(state.vector().headBytes(length));
    FloatBuffer values = FlatVector.floats(ByteBuffer.wrap(bytes));
    for (SparseTensor tensor : tensors) {
      Mask mask = state.masks().mask(tensor.name());
      for (int i = 0; i < tensor.length(); i++) {
        if (!mask.isKept(i)) {
          values.put(tensor.offset() + i, 0f);
        }
      }
    }
    return FlatVector.wrap(bytes);
  }
}
