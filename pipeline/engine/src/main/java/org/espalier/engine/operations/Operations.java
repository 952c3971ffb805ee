package org.espalier.engine.operations;

import org.espalier.engine.kernel.ArrayValues;
import org.espalier.engine.kernel.ConvolutionShape;
import org.espalier.engine.kernel.PoolingShape;
import org.espalier.engine.kernel.Values;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/** ND4J's named operations and the integers by which they are told their shapes. */
final class Operations {
  private static final int PADDED_AS_TOLD = 0;
  private static final int CHANNELS_LAST = 1;
  private static final int OUT_IN_HEIGHT_WIDTH = 1;

  private Operations() {}

  /** The values as one row. */
  static INDArray flat(Values values) {
    return ArrayValues.require(values).array();
  }

  /** The values as rows of so many columns. */
  static INDArray matrix(Values values, int columns) {
    return flat(values).reshape('c', values.rows(columns), columns);
  }

  static void run(String name, int[] arguments, INDArray[] inputs, INDArray... outputs) {
    Nd4j.exec(
        DynamicCustomOp.builder(name)
            .addInputs(inputs)
            .addOutputs(outputs)
            .addIntegerArguments(arguments)
            .build());
  }

  /** Clips in place; unlike ND4J's minimum and maximum it lets what is not a number through. */
  static INDArray clip(INDArray values, double low, double high) {
    Nd4j.exec(
        DynamicCustomOp.builder("clipbyvalue")
            .addInputs(values)
            .addOutputs(values)
            .addFloatingPointArguments(low, high)
            .build());
    return values;
  }

  static int[] convolution(ConvolutionShape shape) {
    return new int[] {
      shape.kernelHeight(),
      shape.kernelWidth(),
      shape.stride(),
      shape.stride(),
      shape.padding(),
      shape.padding(),
      1,
      1,
      PADDED_AS_TOLD,
      CHANNELS_LAST,
      OUT_IN_HEIGHT_WIDTH
    };
  }

  static int[] pooling(PoolingShape shape) {
    int size = shape.size();
    return new int[] {size, size, size, size, 0, 0, 1, 1, PADDED_AS_TOLD, 0, CHANNELS_LAST};
  }
}
