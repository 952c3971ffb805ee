package org.espalier.engine.layer;

import org.espalier.engine.kernel.Backend;
import org.espalier.engine.kernel.Kernels;
import org.espalier.engine.kernel.LayerKernels;
import org.espalier.engine.kernel.Slices;
import org.espalier.engine.layer.operations.OperationKernels;
import org.nd4j.linalg.api.buffer.DataType;

/** Which arithmetic layers run on: own kernels on the CPU, ND4J's operations elsewhere. */
final class LayerArithmetic {
  /** Forces ND4J's operations on the CPU too, for tests. */
  static final String PROPERTY = "espalier.layers";

  private static final String OPERATIONS = "nd4j";

  private LayerArithmetic() {}

  static LayerKernels of(DataType type) {
    return of(type, Slices.DEFAULT);
  }

  static LayerKernels of(DataType type, Slices slices) {
    boolean operations = OPERATIONS.equals(System.getProperty(PROPERTY));
    return Backend.isCpu() && !operations
        ? Kernels.of(type).cutInto(slices)
        : new OperationKernels();
  }
}
