package org.espalier.engine.layer;

import org.espalier.engine.kernel.Noise;
import org.espalier.engine.kernel.RowPasses;
import org.espalier.engine.kernel.Sharing;
import org.espalier.engine.kernel.Values;
import org.espalier.engine.kernel.VariationalPasses;

/** {@link WeightForm.Variational}: local reparameterisation, two linear maps in place of one. */
final class VariationalState implements FormState {
  private static final String WEIGHTS = SparseParameters.WEIGHTS;
  private static final String LOG_SIGMA2 = SparseParameters.LOG_SIGMA2;

  private final SparseLayerState layer;
  private final RowPasses rows;
  private final VariationalPasses passes;
  private final WeightForm.Variational form;
  private final Penalty penalty;

  VariationalState(SparseLayerState layer, WeightForm.Variational form) {
    this.layer = layer;
    this.rows = layer.kernels().rows();
    this.passes = layer.kernels().variational();
    this.form = form;
    this.penalty = new Penalty(layer, form.penalty());
  }

  @Override
  public void train(Values x, Values y) {
    penalty.forget();
    Values theta = layer.trainedWeights();
    Values variance = variance(theta);
    Values squares = squares(x);
    Values deviation = deviation(y);
    passes.variance(theta, layer.parameter(LOG_SIGMA2), variance);
    rows.square(x, squares);
    layer.map().forward(x, means(theta), y);
    layer.map().forward(squares, variance, deviation);
    passes.sample(y, deviation, layer.bias(), layer.function(), noise(), sharing());
  }

  /** What of the weights adds to the mean in training. */
  private Values means(Values theta) {
    if (!form.cutsMeans()) {
      return theta;
    }
    Values kept = keptMeans(theta);
    passes.keepBelow(form.trainThreshold(), theta, layer.parameter(LOG_SIGMA2), kept);
    return kept;
  }

  @Override
  public void evaluate(Values x, Values y) {
    Values theta = layer.evaluatedWeights();
    Values kept = layer.scratch("kept", theta.length());
    passes.keepBelow(form.threshold(), theta, layer.parameter(LOG_SIGMA2), kept);
    layer.map().forward(x, kept, y);
    rows.activate(y, layer.bias(), layer.function());
  }

  @Override
  public void backward(Values x, Values y, Values delta, Values inputGradient) {
    Values theta = layer.trainedWeights();
    Values variance = variance(theta);
    Values squares = squares(x);
    Values deviation = deviation(y);
    passes.sampleGradient(
        delta, y, deviation, layer.function(), noise(), sharing(), layer.biasGradient());
    Values ofTheta = layer.gradientOf(WEIGHTS);
    Values means = form.cutsMeans() ? keptMeans(theta) : theta;
    layer.map().backwardWeights(x, delta, ofTheta);
    if (form.cutsMeans()) {
      passes.keepGradient(means, ofTheta);
    }
    layer.map().backwardWeights(squares, deviation, layer.gradientOf(LOG_SIGMA2));
    if (inputGradient != null) {
      Values ofSquares = layer.scratch("gradient of squares", x.length());
      layer.map().backwardInput(delta, means, inputGradient);
      layer.map().backwardInput(deviation, variance, ofSquares);
      rows.addProduct(inputGradient, 2, x, ofSquares);
    }
    toParameters(theta, variance);
  }

  @Override
  public void penaltyGradient() {
    Values theta = layer.trainedWeights();
    Values variance = variance(theta);
    passes.variance(theta, layer.parameter(LOG_SIGMA2), variance);
    layer.clearGradientOf(WEIGHTS);
    layer.clearGradientOf(LOG_SIGMA2);
    toParameters(theta, variance);
  }

  private void toParameters(Values theta, Values variance) {
    penalty.remember(
        passes.parameterGradient(
            theta,
            variance,
            layer.gradientOf(WEIGHTS),
            layer.gradientOf(LOG_SIGMA2),
            penalty.ofGradient()));
  }

  @Override
  public double penalty() {
    return penalty.of(() -> passes.divergence(layer.trainedWeights(), layer.parameter(LOG_SIGMA2)));
  }

  private Values variance(Values theta) {
    return layer.scratch("variance", theta.length());
  }

  private Values keptMeans(Values theta) {
    return layer.scratch("means", theta.length());
  }

  private Values squares(Values x) {
    return layer.scratch("squares", x.length());
  }

  private Values deviation(Values y) {
    return layer.scratch("deviation", y.length());
  }

  private Noise noise() {
    return layer.noise();
  }

  private Sharing sharing() {
    return new Sharing(layer.geometry().sharing());
  }
}
