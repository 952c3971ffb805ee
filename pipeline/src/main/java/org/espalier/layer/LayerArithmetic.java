package org.espalier.layer;

import org.espalier.kernel.Backend;
import org.espalier.kernel.Kernels;
import org.espalier.kernel.LayerKernels;
import org.espalier.layer.operations.OperationKernels;
import org.nd4j.linalg.api.buffer.DataType;

/** Which arithmetic layers run on: own kernels on the CPU, ND4J's operations elsewhere. */
final class LayerArithmetic {
  /** Forces ND4J's operations on the CPU too, for tests. */
  static final String PROPERTY = "espalier.layers";

  private static final String OPERATIONS = "nd4j";

  private LayerArithmetic() {}

  static LayerKernels of(DataType type) {
    boolean operations = OPERATIONS.equals(System.getProperty(PROPERTY));
    return Backend.isCpu() && !operations ? Kernels.of(type) : new OperationKernels();
  }
}
