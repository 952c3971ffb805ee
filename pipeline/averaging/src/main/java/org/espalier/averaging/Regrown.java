package org.espalier.averaging;

import java.nio.FloatBuffer;
import org.espalier.engine.replica.FlatVector;
import org.espalier.engine.replica.VectorLayout;
import org.espalier.sparsity.MaskSet;
import org.espalier.sparsity.SparseTensor;
import org.espalier.sparsity.SparseTensors;

/** A vector whose weights that a mask update has brought back begin at zero, without momentum. */
record Regrown(VectorLayout layout, SparseTensors tensors) {
  FlatVector of(FlatVector vector, MaskSet before, MaskSet after) {
    return FlatVector.filled(
        vector.length(),
        values -> {
          values.put(0, vector.values(), 0, vector.length());
          for (SparseTensor tensor : tensors) {
            after
                .mask(tensor.name())
                .forEachReactivatedSince(
                    before.mask(tensor.name()),
                    0,
                    tensor.length(),
                    weight -> clear(values, tensor.offset() + weight));
          }
        });
  }

  private void clear(FloatBuffer values, int parameter) {
    values.put(parameter, 0);
    for (VectorLayout.Memory memory : layout.memories()) {
      int within = parameter - memory.parameter();
      if (within >= 0 && within < memory.length()) {
        values.put(memory.at() + within, 0);
      }
    }
  }
}
