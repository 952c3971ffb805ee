package org.espalier.layer;

import org.nd4j.linalg.api.ndarray.INDArray;

/** {@link WeightForm.HardConcrete}: one draw of the gates per step, shared by the batch. */
final class HardConcreteState implements FormState {
  private static final String LOG_ALPHA = SparseParameters.LOG_ALPHA;

  private final SparseLayerState layer;
  private final LayerMath math;
  private final Penalty penalty;

  HardConcreteState(SparseLayerState layer, LayerMath math, WeightForm.HardConcrete form) {
    this.layer = layer;
    this.math = math;
    this.penalty = new Penalty(layer, form.penalty());
  }

  @Override
  public void train(INDArray x, INDArray y) {
    penalty.forget();
    INDArray theta = layer.trainedWeights();
    INDArray weights = layer.scratch("weights", theta);
    math.drawGates(theta, layer.parameter(LOG_ALPHA), layer.noise(), concrete(), open(), weights);
    math.forward(x, weights, y);
    math.activate(y, layer.bias(), layer.function());
  }

  @Override
  public void evaluate(INDArray x, INDArray y) {
    INDArray theta = layer.evaluatedWeights();
    INDArray weights = layer.scratch("estimated", theta);
    math.estimateGates(theta, layer.parameter(LOG_ALPHA), weights);
    math.forward(x, weights, y);
    math.activate(y, layer.bias(), layer.function());
  }

  @Override
  public void backward(INDArray x, INDArray y, INDArray delta, INDArray inputGradient) {
    INDArray theta = layer.trainedWeights();
    INDArray ofTheta = layer.gradientOf(SparseParameters.WEIGHTS);
    math.activationGradient(delta, y, layer.function(), layer.biasGradient());
    math.backwardWeights(x, delta, ofTheta);
    if (inputGradient != null) {
      math.backwardInput(delta, layer.scratch("weights", theta), inputGradient);
    }
    penalty.remember(
        math.gateGradient(
            theta, concrete(), open(), ofTheta, layer.gradientOf(LOG_ALPHA), penalty.ofGradient()));
  }

  @Override
  public void penaltyGradient() {
    layer.gradientOf(SparseParameters.WEIGHTS).assign(0);
    penalty.remember(
        math.gatePenaltyGradient(
            layer.parameter(LOG_ALPHA), layer.gradientOf(LOG_ALPHA), penalty.ofGradient()));
  }

  @Override
  public double penalty() {
    return penalty.of(() -> math.expectedOpen(layer.parameter(LOG_ALPHA)));
  }

  private INDArray concrete() {
    return layer.scratch("concrete", layer.trainedWeights());
  }

  private INDArray open() {
    return layer.scratch("open", layer.trainedWeights());
  }
}
