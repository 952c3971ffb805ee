package org.espalier.layer;

import org.espalier.kernel.Activation;
import org.espalier.kernel.ConvolutionShape;
import org.espalier.kernel.GatePasses;
import org.espalier.kernel.Noise;
import org.espalier.kernel.PoolingShape;
import org.espalier.kernel.Sharing;
import org.espalier.kernel.Smoothing;
import org.espalier.kernel.VariationalPasses;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** A layer's arithmetic by ND4J's operations, for backends whose memory the kernels cannot read. */
final class OperationMath extends LayerMath {
  /** A clipped log alpha comes back from its variance as near to the bound as this. */
  private static final double INSIDE = VariationalPasses.CLIP - 1e-5;

  private Geometry geometry;
  private int rows;

  @Override
  void prepare(Geometry next) {
    geometry = next;
    rows = next.rows();
  }

  @Override
  void prepareRows(int count) {
    rows = count;
  }

  @Override
  void forward(INDArray x, INDArray weights, INDArray y) {
    if (geometry.convolution() == null) {
      rows(y).assign(rows(x).mmul(matrix(weights).transpose()));
    } else {
      int[] arguments = Operations.convolution(geometry.convolution());
      Operations.run("conv2d", arguments, new INDArray[] {x, weights}, y);
    }
  }

  @Override
  void backwardInput(INDArray delta, INDArray weights, INDArray inputGradient) {
    if (geometry.convolution() == null) {
      rows(inputGradient).assign(rows(delta).mmul(matrix(weights)));
    } else {
      derivative(inputGradient.like(), weights, delta, inputGradient, weights.like());
    }
  }

  @Override
  void backwardWeights(INDArray x, INDArray delta, INDArray weightGradient) {
    if (geometry.convolution() == null) {
      matrix(weightGradient).assign(rows(delta).transpose().mmul(rows(x)));
    } else {
      derivative(x, weightGradient.like(), delta, x.like(), weightGradient);
    }
  }

  private void derivative(
      INDArray x, INDArray weights, INDArray delta, INDArray ofX, INDArray ofWeights) {
    ConvolutionShape shape = geometry.convolution();
    Operations.run(
        "conv2d_bp",
        Operations.convolution(shape),
        new INDArray[] {x, weights, delta},
        ofX,
        ofWeights);
  }

  @Override
  void activate(INDArray y, INDArray bias, Activation function) {
    INDArray rows = rows(y);
    rows.addiRowVector(bias);
    rectify(rows, function);
  }

  @Override
  void activationGradient(INDArray delta, INDArray y, Activation function, INDArray biasGradient) {
    if (function == Activation.RELU) {
      delta.muli(y.gt(0).castTo(delta.dataType()));
    }
    biasGradient.assign(rows(delta).sum(0));
  }

  @Override
  void square(INDArray x, INDArray to) {
    to.assign(x.mul(x));
  }

  @Override
  void addProduct(INDArray sum, double factor, INDArray a, INDArray b) {
    sum.addi(a.mul(b).muli(factor));
  }

  @Override
  void variance(INDArray theta, INDArray logSigma2, INDArray to) {
    INDArray square = square(theta);
    INDArray alpha = clipped(logAlpha(square, logSigma2));
    to.assign(Transforms.exp(alpha, false).muli(square));
  }

  @Override
  void sample(
      INDArray y,
      INDArray deviation,
      INDArray bias,
      Activation function,
      Noise noise,
      Sharing sharing) {
    INDArray root = Transforms.sqrt(deviation.addi(VariationalPasses.EPSILON), true);
    deviation.assign(root);
    INDArray rows = rows(y);
    rows.addi(NoiseArrays.normals(noise, rows, sharing).muli(rows(root)));
    rows.addiRowVector(bias);
    rectify(rows, function);
  }

  @Override
  void sampleGradient(
      INDArray delta,
      INDArray y,
      INDArray deviation,
      Activation function,
      Noise noise,
      Sharing sharing,
      INDArray biasGradient) {
    activationGradient(delta, y, function, biasGradient);
    INDArray root = rows(deviation);
    INDArray e = NoiseArrays.normals(noise, root, sharing);
    root.assign(e.muli(rows(delta)).divi(root).muli(0.5));
  }

  @Override
  double variationalGradient(
      INDArray theta,
      INDArray variance,
      INDArray thetaGradient,
      INDArray varianceGradient,
      double weight) {
    INDArray square = square(theta);
    INDArray alpha = clipped(Transforms.log(variance.div(square), false));
    INDArray inside = Transforms.abs(alpha, true).lt(INSIDE).castTo(theta.dataType());
    INDArray gate = gate(alpha);
    INDArray slope = gate.mul(gate.rsub(1)).muli(-VariationalPasses.K1 * VariationalPasses.K3);
    slope.subi(Transforms.sigmoid(alpha.neg(), false).muli(0.5));
    INDArray pulled = slope.muli(inside).muli(weight);
    INDArray pushed = variance.mul(varianceGradient);
    INDArray outside = inside.rsub(1).muli(pushed).subi(pulled);
    thetaGradient.addi(outside.muli(theta).muli(2).divi(square));
    varianceGradient.assign(pushed.muli(inside).addi(pulled));
    return weight == 0 ? 0 : sumOfDivergences(alpha);
  }

  @Override
  double divergence(INDArray theta, INDArray logSigma2) {
    return sumOfDivergences(clipped(logAlpha(square(theta), logSigma2)));
  }

  private static double sumOfDivergences(INDArray alpha) {
    INDArray logs = Transforms.log(Transforms.exp(alpha.neg(), false).addi(1), false).muli(0.5);
    INDArray gates = gate(alpha).muli(-VariationalPasses.K1).addi(VariationalPasses.K1);
    return logs.addi(gates).sumNumber().doubleValue();
  }

  @Override
  void keepBelow(double threshold, INDArray theta, INDArray logSigma2, INDArray to) {
    INDArray kept = logAlpha(square(theta), logSigma2).lt(threshold).castTo(theta.dataType());
    to.assign(kept.muli(theta));
  }

  @Override
  void keepGradient(INDArray kept, INDArray gradient) {
    gradient.muli(kept.neq(0).castTo(gradient.dataType()));
  }

  @Override
  void drawGates(
      INDArray theta,
      INDArray logAlpha,
      Noise noise,
      INDArray concrete,
      INDArray open,
      INDArray weights) {
    INDArray u = NoiseArrays.uniforms(noise, theta);
    INDArray odds = u.add(GatePasses.EPSILON).divi(u.rsub(1));
    INDArray logit = Transforms.log(odds, false).addi(logAlpha).divi(GatePasses.BETA);
    concrete.assign(Transforms.sigmoid(logit, false));
    open.assign(open(logAlpha));
    weights.assign(stretched(concrete).muli(theta));
  }

  @Override
  double gateGradient(
      INDArray theta,
      INDArray concrete,
      INDArray open,
      INDArray thetaGradient,
      INDArray logAlphaGradient,
      double weight) {
    INDArray z = stretched(concrete);
    INDArray moving = z.gt(0).castTo(z.dataType()).muli(z.lt(1).castTo(z.dataType()));
    double range = (GatePasses.ZETA - GatePasses.GAMMA) / GatePasses.BETA;
    INDArray slope = concrete.rsub(1).muli(concrete).muli(moving).muli(range);
    INDArray penalty = open.rsub(1).muli(open).muli(weight);
    logAlphaGradient.assign(slope.muli(theta).muli(thetaGradient).addi(penalty));
    thetaGradient.muli(z);
    return weight == 0 ? 0 : open.sumNumber().doubleValue();
  }

  @Override
  double gatePenaltyGradient(INDArray logAlpha, INDArray logAlphaGradient, double weight) {
    INDArray open = open(logAlpha);
    logAlphaGradient.assign(open.rsub(1).muli(open).muli(weight));
    return open.sumNumber().doubleValue();
  }

  @Override
  double expectedOpen(INDArray logAlpha) {
    return open(logAlpha).sumNumber().doubleValue();
  }

  private static INDArray open(INDArray logAlpha) {
    return Transforms.sigmoid(logAlpha.add(GatePasses.SHIFT), false);
  }

  @Override
  void estimateGates(INDArray theta, INDArray logAlpha, INDArray to) {
    to.assign(stretched(Transforms.sigmoid(logAlpha, true)).muli(theta));
  }

  @Override
  void softmax(INDArray scores, INDArray to) {
    to.assign(Transforms.softmax(table(scores), true).reshape(to.shape()));
  }

  @Override
  double crossEntropy(
      INDArray scores,
      INDArray labels,
      Smoothing smoothing,
      INDArray weights,
      double scale,
      INDArray gradient) {
    INDArray table = table(scores);
    int classes = Math.toIntExact(table.size(1));
    INDArray oneHot = Operations.oneHot(labels, table);
    double low = smoothing.low(classes);
    INDArray targets = oneHot.muli(smoothing.high(classes) - low).addi(low);
    INDArray shifted = table.subColumnVector(table.max(1));
    INDArray logs = shifted.subiColumnVector(Transforms.log(Transforms.exp(shifted, true).sum(1)));
    INDArray losses = logs.mul(targets).sum(1).negi();
    INDArray delta = Transforms.exp(logs, false).subi(targets).muli(scale);
    if (weights != null) {
      INDArray column = weights.castTo(table.dataType()).reshape(table.size(0));
      losses.muli(column);
      delta.muliColumnVector(column);
    }
    gradient.assign(delta.reshape(gradient.shape()));
    return losses.sumNumber().doubleValue();
  }

  @Override
  void gather(INDArray table, INDArray tokens, INDArray to) {
    INDArray matrix = matrix(table);
    int[] numbers = Operations.rowNumbers(tokens, matrix);
    to.assign(matrix.getRows(numbers).reshape(to.shape()));
  }

  @Override
  void scatter(INDArray rows, INDArray tokens, INDArray table) {
    INDArray matrix = matrix(table);
    int[] numbers = Operations.rowNumbers(tokens, matrix);
    INDArray flat = rows.reshape('c', numbers.length, rows.length() / numbers.length);
    for (int i = 0; i < numbers.length; i++) {
      matrix.getRow(numbers[i]).addi(flat.getRow(i));
    }
  }

  @Override
  void pool(PoolingShape shape, INDArray images, INDArray result) {
    Operations.run("maxpool2d", Operations.pooling(shape), new INDArray[] {images}, result);
  }

  @Override
  void poolGradient(
      PoolingShape shape,
      INDArray images,
      INDArray result,
      INDArray resultGradient,
      INDArray gradient) {
    Operations.run(
        "maxpool2d_bp",
        Operations.pooling(shape),
        new INDArray[] {images, resultGradient},
        gradient);
  }

  @Override
  public void close() {}

  private static INDArray table(INDArray scores) {
    long classes = scores.size(scores.rank() - 1);
    return scores.reshape('c', scores.length() / classes, classes);
  }

  private INDArray rows(INDArray array) {
    return array.reshape('c', rows, array.length() / rows);
  }

  /** A dense weight `[in, out]` in column-major order as `[out, in]`, without a copy. */
  private static INDArray matrix(INDArray weights) {
    return weights.transpose();
  }

  private static void rectify(INDArray rows, Activation function) {
    if (function == Activation.RELU) {
      Operations.clip(rows, 0, Double.MAX_VALUE);
    }
  }

  private static INDArray square(INDArray theta) {
    return theta.mul(theta).addi(VariationalPasses.EPSILON);
  }

  private static INDArray logAlpha(INDArray square, INDArray logSigma2) {
    return logSigma2.sub(Transforms.log(square, true));
  }

  private static INDArray clipped(INDArray logAlpha) {
    return Operations.clip(logAlpha.dup(), -VariationalPasses.CLIP, VariationalPasses.CLIP);
  }

  private static INDArray gate(INDArray logAlpha) {
    INDArray argument = logAlpha.mul(VariationalPasses.K3).addi(VariationalPasses.K2);
    return Transforms.sigmoid(argument, false);
  }

  private static INDArray stretched(INDArray concrete) {
    INDArray z = concrete.mul(GatePasses.ZETA - GatePasses.GAMMA).addi(GatePasses.GAMMA);
    return Operations.clip(z, 0, 1);
  }
}
