package org.espalier.engine.kernel;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * {@link OptimiserPasses} of {@link ArrayValues} by the kernels of this process: the vectors of a
 * tensor are copied to the host for a step, and its results back.
 */
public final class HostOptimiserPasses implements OptimiserPasses {
  @Override
  public void step(
      UpdateRule rule, Trained tensor, double rate, int t, double scale, double decay) {
    DataType type = ArrayValues.require(tensor.gradient).array().dataType();
    Trained onHost =
        new Trained(
            copied(tensor.weights),
            copied(tensor.gradient),
            tensor.first == null ? null : copied(tensor.first),
            tensor.second == null ? null : copied(tensor.second));
    onHost.maskAs(tensor);
    Kernels.of(type).optimiser().step(rule, onHost, rate, t, scale, decay);
    copyBack(onHost.gradient, tensor.gradient);
    copyBack(onHost.first, tensor.first);
    copyBack(onHost.second, tensor.second);
  }

  private static Values copied(Values values) {
    INDArray array = ArrayValues.require(values).array();
    int length = values.length();
    Values copy =
        array.dataType() == DataType.DOUBLE ? Values.doubles(length) : Values.floats(length);
    double[] numbers = array.toDoubleVector();
    for (int i = 0; i < length; i++) {
      copy.set(i, numbers[i]);
    }
    return copy;
  }

  private static void copyBack(Values from, Values to) {
    if (to != null) {
      double[] copy = new double[from.length()];
      for (int i = 0; i < copy.length; i++) {
        copy[i] = from.get(i);
      }
      ArrayValues.require(to).array().assign(Nd4j.createFromArray(copy));
    }
  }
}
