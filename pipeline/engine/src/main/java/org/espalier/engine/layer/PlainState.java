package org.espalier.engine.layer;

import org.espalier.engine.kernel.RowPasses;
import org.espalier.engine.kernel.Values;

/** {@link WeightForm.Plain}. */
final class PlainState implements FormState {
  private final SparseLayerState layer;
  private final RowPasses rows;

  PlainState(SparseLayerState layer) {
    this.layer = layer;
    this.rows = layer.kernels().rows();
  }

  @Override
  public void train(Values x, Values y) {
    layer.map().forward(x, layer.trainedWeights(), y);
    rows.activate(y, layer.bias(), layer.function());
  }

  @Override
  public void evaluate(Values x, Values y) {
    layer.map().forward(x, layer.evaluatedWeights(), y);
    rows.activate(y, layer.bias(), layer.function());
  }

  @Override
  public void backward(Values x, Values y, Values delta, Values inputGradient) {
    rows.gradient(delta, y, layer.function(), layer.biasGradient());
    layer.map().backwardWeights(x, delta, layer.gradientOf(SparseParameters.WEIGHTS));
    if (inputGradient != null) {
      layer.map().backwardInput(delta, layer.trainedWeights(), inputGradient);
    }
  }

  @Override
  public void penaltyGradient() {
    layer.clearGradientOf(SparseParameters.WEIGHTS);
  }

  @Override
  public double penalty() {
    return 0;
  }
}
