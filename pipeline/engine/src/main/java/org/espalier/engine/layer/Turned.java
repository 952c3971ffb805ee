package org.espalier.engine.layer;

import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.espalier.engine.kernel.LayerKernels;
import org.espalier.engine.sparse.Turn;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Arrays position by position, as kernels over all weights read them, of what a layer that leaves
 * weights out hands on feature by feature. For one layer of one replica.
 */
final class Turned {
  private final LayerKernels kernels;
  private Turn turn;

  Turned(LayerKernels kernels) {
    this.kernels = kernels;
  }

  /** The array itself where it lies so, else a copy. */
  INDArray of(INDArray array, LayerWorkspaceMgr workspaces, ArrayType type) {
    if (array.dataType() != DataType.FLOAT || !Lying.byFeature(array)) {
      return RowMajor.of(array, workspaces, type);
    }
    if (turn == null || !turn.fits(array.size(0), array.size(1))) {
      turn = new Turn(Math.toIntExact(array.size(0)), Math.toIntExact(array.size(1)));
    }
    INDArray rows = workspaces.createUninitialized(type, array.dataType(), array.shape(), 'c');
    turn.apply(kernels.values(array), kernels.values(rows));
    return rows;
  }
}
