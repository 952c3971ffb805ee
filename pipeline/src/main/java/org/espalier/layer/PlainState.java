package org.espalier.layer;

import org.nd4j.linalg.api.ndarray.INDArray;

/** {@link WeightForm.Plain}. */
final class PlainState implements FormState {
  private final SparseLayerState layer;
  private final LayerMath math;

  PlainState(SparseLayerState layer, LayerMath math) {
    this.layer = layer;
    this.math = math;
  }

  @Override
  public void train(INDArray x, INDArray y) {
    math.forward(x, layer.trainedWeights(), y);
    math.activate(y, layer.bias(), layer.function());
  }

  @Override
  public void evaluate(INDArray x, INDArray y) {
    math.forward(x, layer.evaluatedWeights(), y);
    math.activate(y, layer.bias(), layer.function());
  }

  @Override
  public void backward(INDArray x, INDArray y, INDArray delta, INDArray inputGradient) {
    math.activationGradient(delta, y, layer.function(), layer.biasGradient());
    math.backwardWeights(x, delta, layer.gradientOf(SparseParameters.WEIGHTS));
    if (inputGradient != null) {
      math.backwardInput(delta, layer.trainedWeights(), inputGradient);
    }
  }

  @Override
  public void penaltyGradient() {
    layer.gradientOf(SparseParameters.WEIGHTS).assign(0);
  }

  @Override
  public double penalty() {
    return 0;
  }
}
