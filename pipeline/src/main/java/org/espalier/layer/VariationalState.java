package org.espalier.layer;

import org.espalier.kernel.Noise;
import org.espalier.kernel.Sharing;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@link WeightForm.Variational}: local reparameterisation, two linear maps in place of one. */
final class VariationalState implements FormState {
  private static final String LOG_SIGMA2 = SparseParameters.LOG_SIGMA2;

  private final SparseLayerState layer;
  private final LayerMath math;
  private final WeightForm.Variational form;
  private final Penalty penalty;

  VariationalState(SparseLayerState layer, LayerMath math, WeightForm.Variational form) {
    this.layer = layer;
    this.math = math;
    this.form = form;
    this.penalty = new Penalty(layer, form.penalty());
  }

  @Override
  public void train(INDArray x, INDArray y) {
    penalty.forget();
    INDArray theta = layer.trainedWeights();
    INDArray variance = layer.scratch("variance", theta);
    INDArray squares = layer.scratch("squares", x);
    INDArray deviation = layer.scratch("deviation", y);
    math.variance(theta, layer.parameter(LOG_SIGMA2), variance);
    math.square(x, squares);
    math.forward(x, means(theta), y);
    math.forward(squares, variance, deviation);
    math.sample(y, deviation, layer.bias(), layer.function(), noise(), sharing());
  }

  /** What of the weights adds to the mean in training. */
  private INDArray means(INDArray theta) {
    if (!form.cutsMeans()) {
      return theta;
    }
    INDArray kept = layer.scratch("means", theta);
    math.keepBelow(form.trainThreshold(), theta, layer.parameter(LOG_SIGMA2), kept);
    return kept;
  }

  @Override
  public void evaluate(INDArray x, INDArray y) {
    INDArray theta = layer.evaluatedWeights();
    INDArray kept = layer.scratch("kept", theta);
    math.keepBelow(form.threshold(), theta, layer.parameter(LOG_SIGMA2), kept);
    math.forward(x, kept, y);
    math.activate(y, layer.bias(), layer.function());
  }

  @Override
  public void backward(INDArray x, INDArray y, INDArray delta, INDArray inputGradient) {
    INDArray theta = layer.trainedWeights();
    INDArray variance = layer.scratch("variance", theta);
    INDArray squares = layer.scratch("squares", x);
    INDArray deviation = layer.scratch("deviation", y);
    math.sampleGradient(
        delta, y, deviation, layer.function(), noise(), sharing(), layer.biasGradient());
    INDArray ofTheta = layer.gradientOf(SparseParameters.WEIGHTS);
    INDArray ofLogSigma2 = layer.gradientOf(LOG_SIGMA2);
    INDArray means = form.cutsMeans() ? layer.scratch("means", theta) : theta;
    math.backwardWeights(x, delta, ofTheta);
    if (form.cutsMeans()) {
      math.keepGradient(means, ofTheta);
    }
    math.backwardWeights(squares, deviation, ofLogSigma2);
    if (inputGradient != null) {
      INDArray ofSquares = layer.scratch("gradient of squares", x);
      math.backwardInput(delta, means, inputGradient);
      math.backwardInput(deviation, variance, ofSquares);
      math.addProduct(inputGradient, 2, x, ofSquares);
    }
    toParameters(variance);
  }

  @Override
  public void penaltyGradient() {
    INDArray theta = layer.trainedWeights();
    INDArray variance = layer.scratch("variance", theta);
    math.variance(theta, layer.parameter(LOG_SIGMA2), variance);
    layer.gradientOf(SparseParameters.WEIGHTS).assign(0);
    layer.gradientOf(LOG_SIGMA2).assign(0);
    toParameters(variance);
  }

  private void toParameters(INDArray variance) {
    penalty.remember(
        math.variationalGradient(
            layer.trainedWeights(),
            variance,
            layer.gradientOf(SparseParameters.WEIGHTS),
            layer.gradientOf(LOG_SIGMA2),
            penalty.ofGradient()));
  }

  @Override
  public double penalty() {
    return penalty.of(() -> math.divergence(layer.trainedWeights(), layer.parameter(LOG_SIGMA2)));
  }

  private Noise noise() {
    return layer.noise();
  }

  private Sharing sharing() {
    return new Sharing(layer.geometry().sharing());
  }
}
