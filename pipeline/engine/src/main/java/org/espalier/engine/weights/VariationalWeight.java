package org.espalier.engine.weights;

import org.espalier.engine.kernel.Activation;
import org.espalier.engine.kernel.Sharing;
import org.espalier.engine.kernel.Values;
import org.espalier.engine.kernel.VariationalPasses;
import org.espalier.engine.tensor.ParameterTensor;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * {@link WeightForm.Variational}: local reparameterisation, two linear maps in place of one; rows
 * of a table are sampled themselves.
 */
final class VariationalWeight extends WeightTensor {
  private static final String SQUARES = "squares";

  private final VariationalPasses passes;
  private final TurnedScratch turned;
  private final WeightForm.Variational form;
  private final Penalty penalty;

  VariationalWeight(
      ParameterTensor declared,
      TensorHost host,
      DataType type,
      TurnedScratch turned,
      WeightForm.Variational form) {
    super(declared, host, type);
    this.turned = turned;
    this.passes = kernels().variational();
    this.form = form;
    this.penalty = new Penalty(host, form.penalty());
  }

  @Override
  public void train(Affine affine, Values x, Values y) {
    penalty.forget();
    Values theta = maskedWeights();
    Values variance = scratch("variance");
    Values squares = squares(x);
    Values deviation = deviation(y);
    passes.variance(theta, companion(), variance);
    affine.map().expect(mask().keptShare());
    affine.map().forward(x, means(theta), y);
    affine.map().forward(squares, variance, deviation);
    passes.sample(y, deviation, bias(affine), affine.activation(), noise(), affine.sharing());
  }

  /** The part of the weights that adds to the mean in training. */
  private Values means(Values theta) {
    if (!form.cutsMeans()) {
      return theta;
    }
    Values kept = scratch("means");
    passes.keepBelow(form.trainThreshold(), theta, companion(), kept);
    return kept;
  }

  @Override
  public void evaluate(Affine affine, Values x, Values y) {
    Values kept = turned.take("kept", length(), this);
    estimate(kept);
    affine.map().forward(x, kept, y);
    finish(affine, y);
  }

  @Override
  public void backward(Affine affine, Values x, Values y, Values delta, Values inputGradient) {
    Values theta = sameWeights();
    Values variance = scratch("variance");
    Values squares =
        turned.isHeld(SQUARES, this) ? turned.take(SQUARES, x.length(), this) : squares(x);
    Values deviation = deviation(y);
    passes.sampleGradient(
        delta, y, deviation, affine.activation(), noise(), affine.sharing(), biasGradient(affine));
    Values means = form.cutsMeans() ? scratch("means") : theta;
    affine.map().backwardWeights(x, delta, gradient());
    if (form.cutsMeans()) {
      passes.keepGradient(means, gradient());
    }
    affine.map().backwardWeights(squares, deviation, companionGradient());
    if (inputGradient != null) {
      Values ofSquares = turned.take("gradient of squares", x.length(), this);
      affine.map().backwardInput(delta, means, inputGradient);
      if (affine.map().adds()) {
        ofSquares.fill(0);
      }
      affine.map().backwardInput(deviation, variance, ofSquares);
      rows().addProduct(inputGradient, 2, x, ofSquares);
    }
    toParameters(theta, variance);
  }

  @Override
  public void trainRows(Values tokens, Values to) {
    Values table = maskedWeights();
    Values means = scratch("rows", to.length());
    Values logs = scratch("rows of log sigma^2", to.length());
    Values deviation = scratch("deviation of rows", to.length());
    tables().gather(table, tokens, means);
    tables().gather(companion(), tokens, logs);
    passes.variance(means, logs, deviation);
    tables().gather(table, tokens, to);
    passes.sample(
        to,
        deviation,
        zerosOfRow(tokens, to),
        Activation.IDENTITY,
        noiseOfOccurrences(),
        Sharing.NONE);
  }

  @Override
  public void evaluateRows(Values tokens, Values to) {
    Values means = scratch("rows", to.length());
    Values logs = scratch("rows of log sigma^2", to.length());
    tables().gather(maskedWeights(), tokens, means);
    tables().gather(companion(), tokens, logs);
    passes.keepBelow(form.threshold(), means, logs, to);
  }

  @Override
  public void estimate(Values to) {
    passes.keepBelow(form.threshold(), maskedWeights(), companion(), to);
  }

  @Override
  public void backwardRows(Values tokens, Values delta) {
    Values means = scratch("rows", delta.length());
    Values logs = scratch("rows of log sigma^2", delta.length());
    Values deviation = scratch("deviation of rows", delta.length());
    Values variance = scratch("variance of rows", delta.length());
    passes.sampleGradient(
        delta,
        delta,
        deviation,
        Activation.IDENTITY,
        noiseOfOccurrences(),
        Sharing.NONE,
        zerosOfRow(tokens, delta));
    passes.variance(means, logs, variance);
    passes.parameterGradient(means, variance, delta, deviation, 0);
    tables().scatter(deviation, tokens, companionGradient());
    tables().scatter(delta, tokens, gradient());
  }

  @Override
  public void penaltyGradient() {
    Values theta = maskedWeights();
    Values variance = scratch("variance");
    passes.variance(theta, companion(), variance);
    clearGradient();
    clearCompanionGradient();
    toParameters(theta, variance);
  }

  private void toParameters(Values theta, Values variance) {
    penalty.remember(
        passes.parameterGradient(
            theta, variance, gradient(), companionGradient(), penalty.ofGradient()));
  }

  @Override
  public double penalty() {
    return penalty.of(() -> passes.divergence(maskedWeights(), companion()));
  }

  private Values squares(Values x) {
    Values squares = turned.take(SQUARES, x.length(), this);
    rows().square(x, squares);
    return squares;
  }

  private Values deviation(Values y) {
    return scratch("deviation", y.length());
  }
}
