package org.espalier.engine.layer;

import org.espalier.engine.kernel.GatePasses;
import org.espalier.engine.kernel.RowPasses;
import org.espalier.engine.kernel.Values;

/** {@link WeightForm.HardConcrete}: one draw of the gates per step, shared by the batch. */
final class HardConcreteState implements FormState {
  private static final String WEIGHTS = SparseParameters.WEIGHTS;
  private static final String LOG_ALPHA = SparseParameters.LOG_ALPHA;

  private final SparseLayerState layer;
  private final RowPasses rows;
  private final GatePasses gates;
  private final Penalty penalty;

  HardConcreteState(SparseLayerState layer, WeightForm.HardConcrete form) {
    this.layer = layer;
    this.rows = layer.kernels().rows();
    this.gates = layer.kernels().gates();
    this.penalty = new Penalty(layer, form.penalty());
  }

  @Override
  public void train(Values x, Values y) {
    penalty.forget();
    Values theta = layer.trainedWeights();
    Values weights = gated(theta);
    gates.draw(
        theta, layer.parameter(LOG_ALPHA), layer.noise(), concrete(theta), open(theta), weights);
    layer.map().forward(x, weights, y);
    rows.activate(y, layer.bias(), layer.function());
  }

  @Override
  public void evaluate(Values x, Values y) {
    Values theta = layer.evaluatedWeights();
    Values weights = layer.scratch("estimated", theta.length());
    gates.estimate(theta, layer.parameter(LOG_ALPHA), weights);
    layer.map().forward(x, weights, y);
    rows.activate(y, layer.bias(), layer.function());
  }

  @Override
  public void backward(Values x, Values y, Values delta, Values inputGradient) {
    Values theta = layer.trainedWeights();
    Values ofTheta = layer.gradientOf(WEIGHTS);
    rows.gradient(delta, y, layer.function(), layer.biasGradient());
    layer.map().backwardWeights(x, delta, ofTheta);
    if (inputGradient != null) {
      layer.map().backwardInput(delta, gated(theta), inputGradient);
    }
    penalty.remember(
        gates.gradient(
            theta,
            concrete(theta),
            open(theta),
            ofTheta,
            layer.gradientOf(LOG_ALPHA),
            penalty.ofGradient()));
  }

  @Override
  public void penaltyGradient() {
    layer.clearGradientOf(WEIGHTS);
    penalty.remember(
        gates.penaltyGradient(
            layer.parameter(LOG_ALPHA), layer.gradientOf(LOG_ALPHA), penalty.ofGradient()));
  }

  @Override
  public double penalty() {
    return penalty.of(() -> gates.expectedOpen(layer.parameter(LOG_ALPHA)));
  }

  private Values gated(Values theta) {
    return layer.scratch("weights", theta.length());
  }

  private Values concrete(Values theta) {
    return layer.scratch("concrete", theta.length());
  }

  private Values open(Values theta) {
    return layer.scratch("open", theta.length());
  }
}
