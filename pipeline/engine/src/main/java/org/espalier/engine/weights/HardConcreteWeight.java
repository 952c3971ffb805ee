package org.espalier.engine.weights;

import org.espalier.engine.kernel.GatePasses;
import org.espalier.engine.kernel.Values;
import org.espalier.engine.tensor.ParameterTensor;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * {@link WeightForm.HardConcrete}: one draw of the gates per step, shared by the batch; rows of a
 * table have a draw per occurrence.
 */
final class HardConcreteWeight extends WeightTensor {
  private final GatePasses gates;
  private final Penalty penalty;
  private final Penalty decay;

  HardConcreteWeight(
      ParameterTensor declared, TensorHost host, DataType type, WeightForm.HardConcrete form) {
    super(declared, host, type);
    this.gates = kernels().gates();
    this.penalty = new Penalty(host, form.penalty());
    this.decay = new Penalty(host, PenaltySchedule.constant(form.decay()));
  }

  @Override
  public void train(Affine affine, Values x, Values y) {
    penalty.forget();
    decay.forget();
    Values gated = scratch("weights");
    gates.draw(maskedWeights(), companion(), noise(), scratch("concrete"), scratch("open"), gated);
    affine.map().expect(gates.expectedOpen(companion()) / length());
    affine.map().forward(x, gated, y);
    finish(affine, y);
  }

  @Override
  public void evaluate(Affine affine, Values x, Values y) {
    Values estimated = scratch("estimated");
    estimate(estimated);
    affine.map().forward(x, estimated, y);
    finish(affine, y);
  }

  @Override
  public void backward(Affine affine, Values x, Values y, Values delta, Values inputGradient) {
    finishGradient(affine, delta, y);
    affine.map().backwardWeights(x, delta, gradient());
    if (inputGradient != null) {
      affine.map().backwardInput(delta, scratch("weights"), inputGradient);
    }
    penalty.remember(
        gates.gradient(
            sameWeights(),
            scratch("concrete"),
            scratch("open"),
            gradient(),
            companionGradient(),
            penalty.ofGradient()));
    decay(sameWeights());
  }

  private void decay(Values theta) {
    double factor = decay.ofGradient();
    if (factor > 0) {
      decay.remember(
          gates.decayGradient(theta, companion(), gradient(), companionGradient(), factor));
    }
  }

  @Override
  public void trainRows(Values tokens, Values to) {
    Values means = scratch("rows", to.length());
    Values logs = scratch("rows of log alpha", to.length());
    Values concrete = scratch("concrete rows", to.length());
    Values open = scratch("open rows", to.length());
    tables().gather(maskedWeights(), tokens, means);
    tables().gather(companion(), tokens, logs);
    gates.draw(means, logs, noiseOfOccurrences(), concrete, open, to);
  }

  @Override
  public void evaluateRows(Values tokens, Values to) {
    Values means = scratch("rows", to.length());
    Values logs = scratch("rows of log alpha", to.length());
    tables().gather(maskedWeights(), tokens, means);
    tables().gather(companion(), tokens, logs);
    gates.estimate(means, logs, to);
  }

  @Override
  public void estimate(Values to) {
    gates.estimate(maskedWeights(), companion(), to);
  }

  @Override
  public void backwardRows(Values tokens, Values delta) {
    Values ofLogs = scratch("gradient of log alpha", delta.length());
    gates.gradient(
        scratch("rows", delta.length()),
        scratch("concrete rows", delta.length()),
        scratch("open rows", delta.length()),
        delta,
        ofLogs,
        0);
    tables().scatter(ofLogs, tokens, companionGradient());
    tables().scatter(delta, tokens, gradient());
  }

  @Override
  public void penaltyGradient() {
    clearGradient();
    penalty.remember(gates.penaltyGradient(companion(), companionGradient(), penalty.ofGradient()));
    decay(maskedWeights());
  }

  @Override
  public double penalty() {
    return penalty.of(() -> gates.expectedOpen(companion()))
        + decay.of(() -> gates.expectedSquares(maskedWeights(), companion()));
  }
}
