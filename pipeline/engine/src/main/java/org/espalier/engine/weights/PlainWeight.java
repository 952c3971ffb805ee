package org.espalier.engine.weights;

import org.espalier.engine.kernel.Values;
import org.espalier.engine.tensor.ParameterTensor;
import org.nd4j.linalg.api.buffer.DataType;

/** {@link WeightForm.Plain}. */
final class PlainWeight extends WeightTensor {
  PlainWeight(ParameterTensor declared, TensorHost host, DataType type) {
    super(declared, host, type);
  }

  @Override
  public void train(Affine affine, Values x, Values y) {
    evaluate(affine, x, y);
  }

  @Override
  public void evaluate(Affine affine, Values x, Values y) {
    affine.map().forward(x, maskedWeights(), y);
    rows().activate(y, bias(affine), affine.activation());
  }

  @Override
  public void backward(Affine affine, Values x, Values y, Values delta, Values inputGradient) {
    rows().gradient(delta, y, affine.activation(), biasGradient(affine));
    affine.map().backwardWeights(x, delta, gradient());
    if (inputGradient != null) {
      affine.map().backwardInput(delta, sameWeights(), inputGradient);
    }
  }

  @Override
  public void trainRows(Values tokens, Values to) {
    evaluateRows(tokens, to);
  }

  @Override
  public void evaluateRows(Values tokens, Values to) {
    tables().gather(maskedWeights(), tokens, to);
  }

  @Override
  public void backwardRows(Values tokens, Values delta) {
    tables().scatter(delta, tokens, gradient());
  }

  @Override
  public void penaltyGradient() {
    clearGradient();
  }

  @Override
  public double penalty() {
    return 0;
  }
}
