package org.espalier.engine.operations;

import static org.espalier.engine.operations.Operations.flat;

import org.espalier.engine.kernel.GatePasses;
import org.espalier.engine.kernel.Noise;
import org.espalier.engine.kernel.Values;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** {@link GatePasses}, an operation for each part of a formula. */
final class OperationGatePasses implements GatePasses {
  @Override
  public void draw(
      Values theta, Values logAlpha, Noise noise, Values concrete, Values open, Values weights) {
    INDArray mean = flat(theta);
    INDArray u = NoiseArrays.uniforms(noise, mean);
    INDArray odds = u.add(EPSILON).divi(u.rsub(1));
    INDArray logit = Transforms.log(odds, false).addi(flat(logAlpha)).divi(BETA);
    INDArray s = Transforms.sigmoid(logit, false);
    INDArray gated = stretched(s).muli(mean);
    flat(concrete).assign(s);
    flat(open).assign(open(flat(logAlpha)));
    flat(weights).assign(gated);
  }

  @Override
  public double gradient(
      Values theta,
      Values concrete,
      Values open,
      Values thetaGradient,
      Values logAlphaGradient,
      double weight) {
    INDArray s = flat(concrete);
    INDArray upstream = flat(thetaGradient);
    INDArray probability = flat(open);
    INDArray z = stretched(s);
    INDArray moving = z.gt(0).castTo(z.dataType()).muli(z.lt(1).castTo(z.dataType()));
    INDArray slope = s.rsub(1).muli(s).muli(moving).muli((ZETA - GAMMA) / BETA);
    INDArray penalty = probability.rsub(1).muli(probability).muli(weight);
    flat(logAlphaGradient).assign(slope.muli(flat(theta)).muli(upstream).addi(penalty));
    upstream.muli(z);
    return weight == 0 ? 0 : sum(probability);
  }

  @Override
  public double penaltyGradient(Values logAlpha, Values logAlphaGradient, double weight) {
    INDArray open = open(flat(logAlpha));
    flat(logAlphaGradient).assign(open.rsub(1).muli(open).muli(weight));
    return sum(open);
  }

  @Override
  public double decayGradient(
      Values theta, Values logAlpha, Values thetaGradient, Values logAlphaGradient, double weight) {
    INDArray open = open(flat(logAlpha));
    INDArray halves = flat(theta).mul(flat(theta)).muli(open).muli(0.5);
    flat(thetaGradient).addi(flat(theta).mul(open).muli(weight));
    flat(logAlphaGradient).addi(open.rsub(1).muli(halves).muli(weight));
    return sum(halves);
  }

  @Override
  public double expectedSquares(Values theta, Values logAlpha) {
    INDArray mean = flat(theta);
    return sum(open(flat(logAlpha)).muli(mean).muli(mean)) / 2;
  }

  @Override
  public double expectedOpen(Values logAlpha) {
    return sum(open(flat(logAlpha)));
  }

  @Override
  public void estimate(Values theta, Values logAlpha, Values to) {
    flat(to).assign(stretched(Transforms.sigmoid(flat(logAlpha), true)).muli(flat(theta)));
  }

  private static INDArray open(INDArray logAlpha) {
    return Transforms.sigmoid(logAlpha.add(SHIFT), false);
  }

  private static INDArray stretched(INDArray concrete) {
    INDArray z = concrete.mul(ZETA - GAMMA).addi(GAMMA);
    return Operations.clip(z, 0, 1);
  }

  private static double sum(INDArray values) {
    return values.sumNumber().doubleValue();
  }
}
