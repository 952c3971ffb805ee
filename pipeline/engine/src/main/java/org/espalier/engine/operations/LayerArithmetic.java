package org.espalier.engine.operations;

import org.espalier.engine.kernel.Backend;
import org.espalier.engine.kernel.Kernels;
import org.espalier.engine.kernel.LayerKernels;
import org.espalier.engine.kernel.Slices;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Which arithmetic layers, vertices and updaters run on: own kernels where ND4J's arrays lie in the
 * memory of the process, ND4J's operations elsewhere.
 */
public final class LayerArithmetic {
  /** Set to {@value #OPERATIONS}, forces what runs on other backends on the CPU too, for tests. */
  public static final String PROPERTY = "espalier.layers";

  /** The value of {@link #PROPERTY}. */
  public static final String OPERATIONS = "nd4j";

  private LayerArithmetic() {}

  /** The arithmetic of arrays of a type in this process. */
  public static LayerKernels of(DataType type) {
    return of(type, Slices.DEFAULT);
  }

  /** The same, whose products and convolutions are cut into so many slices. */
  public static LayerKernels of(DataType type, Slices slices) {
    return isOnHost() ? Kernels.of(type).cutInto(slices) : new OperationKernels();
  }

  /** Whether arrays are used where they are, in the memory of the process. */
  static boolean isOnHost() {
    return Backend.isCpu() && !OPERATIONS.equals(System.getProperty(PROPERTY));
  }
}
