package org.espalier.engine.optimiser;

import java.util.Map;
import org.espalier.engine.kernel.LayerKernels;
import org.espalier.engine.kernel.Trained;
import org.espalier.engine.kernel.UpdateRule;
import org.espalier.engine.kernel.Values;
import org.espalier.engine.operations.LayerArithmetic;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.GradientUpdater;

/** The state of a {@link FlatUpdater} in one replica. */
final class FlatGradientUpdater implements GradientUpdater<FlatUpdater> {
  private static final String STATE = "state";

  private final FlatUpdater config;
  private INDArray state;

  FlatGradientUpdater(FlatUpdater config, INDArray state, boolean initialise) {
    this.config = config;
    take(state, initialise);
  }

  private void take(INDArray view, boolean initialise) {
    state = view;
    if (initialise && view != null) {
      view.assign(0);
    }
  }

  @Override
  public FlatUpdater getConfig() {
    return config;
  }

  @Override
  public void setState(Map<String, INDArray> states, boolean initialise) {
    take(states.get(STATE), initialise);
  }

  @Override
  public Map<String, INDArray> getState() {
    return Map.of(STATE, state);
  }

  @Override
  public void setStateViewArray(INDArray view, long[] shape, char order, boolean initialise) {
    take(view, initialise);
  }

  @Override
  public void applyUpdater(INDArray gradient, int step, int epoch) {
    UpdateRule rule = config.rule();
    LayerKernels kernels = LayerArithmetic.of(gradient.dataType());
    Values values = kernels.values(gradient);
    int length = values.length();
    Values states = state == null ? null : kernels.values(state);
    Trained tensor =
        new Trained(
            values,
            values,
            rule.stateVectors() > 0 ? states.part(0, length) : null,
            rule.stateVectors() > 1 ? states.part(length, length) : null);
    double rate = config.getLearningRate(step, epoch);
    kernels.optimiser().step(rule, tensor, rate, step + 1, 1, 0);
  }
}
