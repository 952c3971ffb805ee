package org.espalier.engine.operations;

import static org.espalier.engine.operations.Operations.flat;
import static org.espalier.engine.operations.Operations.matrix;

import org.espalier.engine.kernel.Activation;
import org.espalier.engine.kernel.Noise;
import org.espalier.engine.kernel.RowPasses;
import org.espalier.engine.kernel.Values;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** {@link RowPasses}, an operation for each part of a formula. */
final class OperationRowPasses implements RowPasses {
  @Override
  public void activate(Values z, Values bias, Activation activation) {
    INDArray rows = matrix(z, bias.length());
    rows.addiRowVector(flat(bias));
    rectify(rows, activation);
  }

  static void rectify(INDArray rows, Activation activation) {
    if (activation == Activation.RELU) {
      Operations.clip(rows, 0, Double.MAX_VALUE);
    }
  }

  @Override
  public void gradient(Values delta, Values output, Activation activation, Values biasGradient) {
    INDArray rows = matrix(delta, biasGradient.length());
    if (activation == Activation.RELU) {
      rows.muli(matrix(output, biasGradient.length()).gt(0).castTo(rows.dataType()));
    }
    flat(biasGradient).assign(rows.sum(0));
  }

  @Override
  public void multiply(Values a, Values b, Values product) {
    flat(product).assign(flat(a).mul(flat(b)));
  }

  @Override
  public void keep(Values values, long[] words, Values kept) {
    INDArray from = flat(values);
    INDArray bits = Nd4j.createFromArray(unpacked(words, values.length()));
    INDArray chosen = from.like();
    INDArray[] bitsValuesZeros = {bits, from, Nd4j.zeros(from.dataType(), from.shape())};
    Operations.run("select", new int[0], bitsValuesZeros, chosen);
    flat(kept).assign(chosen);
  }

  private static boolean[] unpacked(long[] words, int length) {
    boolean[] bits = new boolean[length];
    for (int i = 0; i < length; i++) {
      bits[i] = (words[i >> 6] >>> i & 1) != 0;
    }
    return bits;
  }

  @Override
  public void square(Values x, Values to) {
    multiply(x, x, to);
  }

  @Override
  public void addProduct(Values sum, double factor, Values a, Values b) {
    flat(sum).addi(flat(a).mul(flat(b)).muli(factor));
  }

  @Override
  public void add(Values sum, Values values) {
    flat(sum).addi(flat(values));
  }

  @Override
  public void dropout(Values x, double rate, Noise noise, Values to) {
    RowPasses.requireRate(rate);
    INDArray values = flat(x);
    INDArray kept = NoiseArrays.uniforms(noise, values).lt(1 - rate).castTo(values.dataType());
    flat(to).assign(kept.muli(values).divi(1 - rate));
  }

  @Override
  public void addNormal(Values x, double deviation, Noise noise, Values to) {
    INDArray values = flat(x);
    flat(to).assign(NoiseArrays.normals(noise, values).muli(deviation).addi(values));
  }
}
