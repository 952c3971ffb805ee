package org.espalier.engine.layer;

import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Arrays as kernels read them. */
final class RowMajor {
  private RowMajor() {}

  /** The array itself where its rows lie one after the other, else a copy. */
  static INDArray of(INDArray array, LayerWorkspaceMgr workspaces, ArrayType type) {
    long expected = 1;
    for (int axis = array.rank() - 1; axis >= 0; axis--) {
      if (array.size(axis) != 1 && array.stride(axis) != expected) {
        return workspaces.dup(type, array, 'c');
      }
      expected *= array.size(axis);
    }
    return array;
  }
}
