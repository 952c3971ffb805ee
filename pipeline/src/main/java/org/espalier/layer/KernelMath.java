package org.espalier.layer;

import java.util.LinkedHashMap;
import java.util.Map;
import org.espalier.kernel.Activation;
import org.espalier.kernel.GatePasses;
import org.espalier.kernel.Kernels;
import org.espalier.kernel.LossPasses;
import org.espalier.kernel.Noise;
import org.espalier.kernel.PoolingPasses;
import org.espalier.kernel.PoolingShape;
import org.espalier.kernel.RowPasses;
import org.espalier.kernel.Sharing;
import org.espalier.kernel.Smoothing;
import org.espalier.kernel.TablePasses;
import org.espalier.kernel.Values;
import org.espalier.kernel.VariationalPasses;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A layer's arithmetic on own kernels. */
final class KernelMath extends LayerMath {
  /** Batches of so many shapes keep their native objects: training's, and the last of an epoch. */
  private static final int SHAPES_KEPT = 2;

  private final Kernels kernels;
  private final RowPasses rows;
  private final VariationalPasses variational;
  private final GatePasses gates;
  private final LossPasses loss;
  private final PoolingPasses pooling;
  private final TablePasses tables;
  private final Map<Geometry, LinearMap> maps = new LinkedHashMap<>(4, 0.75f, true);
  private LinearMap map;

  KernelMath(DataType type) {
    kernels = Kernels.of(type);
    rows = kernels.rows();
    variational = kernels.variational();
    gates = kernels.gates();
    loss = kernels.loss();
    pooling = kernels.pooling();
    tables = kernels.tables();
  }

  @Override
  void prepare(Geometry geometry) {
    map = maps.get(geometry);
    if (map == null) {
      map = make(geometry);
      maps.put(geometry, map);
      if (maps.size() > SHAPES_KEPT) {
        var oldest = maps.values().iterator();
        oldest.next().close();
        oldest.remove();
      }
    }
  }

  @Override
  void prepareRows(int rows) {}

  private LinearMap make(Geometry geometry) {
    if (geometry.convolution() != null) {
      return new ConvolutionMap(kernels.convolution(geometry.convolution()));
    }
    return new MatrixMap(
        kernels.products(),
        geometry.rows(),
        geometry.inputLength() / geometry.rows(),
        geometry.resultLength() / geometry.rows());
  }

  @Override
  void forward(INDArray x, INDArray weights, INDArray y) {
    map.forward(Values.of(x), Values.of(weights), Values.of(y));
  }

  @Override
  void backwardInput(INDArray delta, INDArray weights, INDArray inputGradient) {
    map.backwardInput(Values.of(delta), Values.of(weights), Values.of(inputGradient));
  }

  @Override
  void backwardWeights(INDArray x, INDArray delta, INDArray weightGradient) {
    map.backwardWeights(Values.of(x), Values.of(delta), Values.of(weightGradient));
  }

  @Override
  void activate(INDArray y, INDArray bias, Activation function) {
    rows.activate(Values.of(y), Values.of(bias), function);
  }

  @Override
  void activationGradient(INDArray delta, INDArray y, Activation function, INDArray biasGradient) {
    rows.gradient(Values.of(delta), Values.of(y), function, Values.of(biasGradient));
  }

  @Override
  void square(INDArray x, INDArray to) {
    rows.square(Values.of(x), Values.of(to));
  }

  @Override
  void addProduct(INDArray sum, double factor, INDArray a, INDArray b) {
    rows.addProduct(Values.of(sum), factor, Values.of(a), Values.of(b));
  }

  @Override
  void variance(INDArray theta, INDArray logSigma2, INDArray to) {
    variational.variance(Values.of(theta), Values.of(logSigma2), Values.of(to));
  }

  @Override
  void sample(
      INDArray y,
      INDArray deviation,
      INDArray bias,
      Activation function,
      Noise noise,
      Sharing sharing) {
    variational.sample(
        Values.of(y), Values.of(deviation), Values.of(bias), function, noise, sharing);
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
    variational.sampleGradient(
        Values.of(delta),
        Values.of(y),
        Values.of(deviation),
        function,
        noise,
        sharing,
        Values.of(biasGradient));
  }

  @Override
  double variationalGradient(
      INDArray theta,
      INDArray variance,
      INDArray thetaGradient,
      INDArray varianceGradient,
      double weight) {
    return variational.parameterGradient(
        Values.of(theta),
        Values.of(variance),
        Values.of(thetaGradient),
        Values.of(varianceGradient),
        weight);
  }

  @Override
  double divergence(INDArray theta, INDArray logSigma2) {
    return variational.divergence(Values.of(theta), Values.of(logSigma2));
  }

  @Override
  void keepBelow(double threshold, INDArray theta, INDArray logSigma2, INDArray to) {
    variational.keepBelow(threshold, Values.of(theta), Values.of(logSigma2), Values.of(to));
  }

  @Override
  void keepGradient(INDArray kept, INDArray gradient) {
    variational.keepGradient(Values.of(kept), Values.of(gradient));
  }

  @Override
  void drawGates(
      INDArray theta,
      INDArray logAlpha,
      Noise noise,
      INDArray concrete,
      INDArray open,
      INDArray weights) {
    gates.draw(
        Values.of(theta),
        Values.of(logAlpha),
        noise,
        Values.of(concrete),
        Values.of(open),
        Values.of(weights));
  }

  @Override
  double gateGradient(
      INDArray theta,
      INDArray concrete,
      INDArray open,
      INDArray thetaGradient,
      INDArray logAlphaGradient,
      double weight) {
    return gates.gradient(
        Values.of(theta),
        Values.of(concrete),
        Values.of(open),
        Values.of(thetaGradient),
        Values.of(logAlphaGradient),
        weight);
  }

  @Override
  double gatePenaltyGradient(INDArray logAlpha, INDArray logAlphaGradient, double weight) {
    return gates.penaltyGradient(Values.of(logAlpha), Values.of(logAlphaGradient), weight);
  }

  @Override
  double expectedOpen(INDArray logAlpha) {
    return gates.expectedOpen(Values.of(logAlpha));
  }

  @Override
  void estimateGates(INDArray theta, INDArray logAlpha, INDArray to) {
    gates.estimate(Values.of(theta), Values.of(logAlpha), Values.of(to));
  }

  @Override
  void softmax(INDArray scores, INDArray to) {
    loss.softmax(Values.of(scores), classes(scores), Values.of(to));
  }

  @Override
  double crossEntropy(
      INDArray scores,
      INDArray labels,
      Smoothing smoothing,
      INDArray weights,
      double scale,
      INDArray gradient) {
    return loss.crossEntropy(
        Values.of(scores),
        Values.of(labels),
        classes(scores),
        smoothing,
        weights == null ? null : Values.of(weights),
        scale,
        Values.of(gradient));
  }

  @Override
  void gather(INDArray table, INDArray tokens, INDArray to) {
    tables.gather(Values.of(table), Values.of(tokens), Values.of(to));
  }

  @Override
  void scatter(INDArray rows, INDArray tokens, INDArray table) {
    tables.scatter(Values.of(rows), Values.of(tokens), Values.of(table));
  }

  @Override
  void pool(PoolingShape shape, INDArray images, INDArray result) {
    pooling.forward(shape, Values.of(images), Values.of(result));
  }

  @Override
  void poolGradient(
      PoolingShape shape,
      INDArray images,
      INDArray result,
      INDArray resultGradient,
      INDArray gradient) {
    pooling.backward(
        shape,
        Values.of(images),
        Values.of(result),
        Values.of(resultGradient),
        Values.of(gradient));
  }

  private static int classes(INDArray scores) {
    return Math.toIntExact(scores.size(scores.rank() - 1));
  }

  @Override
  public void close() {
    maps.values().forEach(LinearMap::close);
    maps.clear();
  }
}
