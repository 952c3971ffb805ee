package org.espalier.engine.operations;

import static org.espalier.engine.operations.Operations.flat;
import static org.espalier.engine.operations.Operations.matrix;

import org.espalier.engine.kernel.Activation;
import org.espalier.engine.kernel.Noise;
import org.espalier.engine.kernel.RowPasses;
import org.espalier.engine.kernel.Sharing;
import org.espalier.engine.kernel.Values;
import org.espalier.engine.kernel.VariationalPasses;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** {@link VariationalPasses}, an operation for each part of a formula. */
final class OperationVariationalPasses implements VariationalPasses {
  /** A clipped log alpha comes back from its variance as near to the bound as this. */
  private static final double INSIDE = CLIP - 1e-5;

  private final RowPasses rows = new OperationRowPasses();

  @Override
  public void variance(Values theta, Values logSigma2, Values to) {
    INDArray square = square(flat(theta));
    INDArray alpha = clipped(logAlpha(square, flat(logSigma2)));
    flat(to).assign(Transforms.exp(alpha, false).muli(square));
  }

  @Override
  public void sample(
      Values output,
      Values deviation,
      Values bias,
      Activation activation,
      Noise noise,
      Sharing sharing) {
    INDArray root = matrix(deviation, bias.length());
    root.assign(Transforms.sqrt(root.add(EPSILON), false));
    INDArray e = NoiseArrays.normals(noise, root, sharing);
    matrix(output, bias.length()).addi(e.muli(root));
    rows.activate(output, bias, activation);
  }

  @Override
  public void sampleGradient(
      Values delta,
      Values output,
      Values deviation,
      Activation activation,
      Noise noise,
      Sharing sharing,
      Values biasGradient) {
    rows.gradient(delta, output, activation, biasGradient);
    INDArray root = matrix(deviation, biasGradient.length());
    INDArray e = NoiseArrays.normals(noise, root, sharing);
    root.assign(e.muli(matrix(delta, biasGradient.length())).divi(root).muli(0.5));
  }

  @Override
  public double parameterGradient(
      Values theta, Values variance, Values thetaGradient, Values varianceGradient, double weight) {
    INDArray mean = flat(theta);
    INDArray square = square(mean);
    INDArray alpha = clipped(Transforms.log(flat(variance).div(square), false));
    INDArray inside = Transforms.abs(alpha, true).lt(INSIDE).castTo(mean.dataType());
    INDArray gate = gate(alpha);
    INDArray slope = gate.mul(gate.rsub(1)).muli(-K1 * K3);
    slope.subi(Transforms.sigmoid(alpha.neg(), false).muli(0.5));
    INDArray pulled = slope.muli(inside).muli(weight);
    INDArray pushed = flat(variance).mul(flat(varianceGradient));
    INDArray outside = inside.rsub(1).muli(pushed).subi(pulled);
    flat(thetaGradient).addi(outside.muli(mean).muli(2).divi(square));
    flat(varianceGradient).assign(pushed.muli(inside).addi(pulled));
    return weight == 0 ? 0 : sumOfDivergences(alpha);
  }

  @Override
  public double divergence(Values theta, Values logSigma2) {
    return sumOfDivergences(clipped(logAlpha(square(flat(theta)), flat(logSigma2))));
  }

  private static double sumOfDivergences(INDArray alpha) {
    INDArray logs = Transforms.log(Transforms.exp(alpha.neg(), false).addi(1), false).muli(0.5);
    INDArray gates = gate(alpha).muli(-K1).addi(K1);
    return logs.addi(gates).sumNumber().doubleValue();
  }

  @Override
  public void keepBelow(double threshold, Values theta, Values logSigma2, Values to) {
    INDArray mean = flat(theta);
    INDArray alpha = logAlpha(square(mean), flat(logSigma2));
    flat(to).assign(alpha.lt(threshold).castTo(mean.dataType()).muli(mean));
  }

  @Override
  public void keepGradient(Values kept, Values gradient) {
    INDArray values = flat(gradient);
    values.muli(flat(kept).neq(0).castTo(values.dataType()));
  }

  private static INDArray square(INDArray theta) {
    return theta.mul(theta).addi(EPSILON);
  }

  private static INDArray logAlpha(INDArray square, INDArray logSigma2) {
    return logSigma2.sub(Transforms.log(square, true));
  }

  private static INDArray clipped(INDArray logAlpha) {
    return Operations.clip(logAlpha, -CLIP, CLIP);
  }

  private static INDArray gate(INDArray logAlpha) {
    return Transforms.sigmoid(logAlpha.mul(K3).addi(K2), false);
  }
}
