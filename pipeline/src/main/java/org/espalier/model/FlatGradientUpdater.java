package org.espalier.model;

import java.nio.FloatBuffer;
import java.util.Map;
import org.espalier.kernel.AdamKernel;
import org.espalier.kernel.NesterovKernel;
import org.espalier.kernel.OffHeap;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.GradientUpdater;

/** The state of a {@link FlatUpdater} in one replica. */
final class FlatGradientUpdater implements GradientUpdater<FlatUpdater> {
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPSILON = 1e-8;
  private static final String STATE = "state";

  private final FlatUpdater config;
  private final AdamKernel adam = new AdamKernel(BETA1, BETA2, EPSILON);
  private final NesterovKernel nesterov;
  private INDArray state;

  FlatGradientUpdater(FlatUpdater config, INDArray state, boolean initialise) {
    this.config = config;
    this.nesterov = new NesterovKernel(config.momentum());
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
    double rate = config.getLearningRate(step, epoch);
    switch (config.rule()) {
      case ADAM -> {
        FloatBuffer values = OffHeap.view(gradient);
        FloatBuffer moments = OffHeap.view(state);
        int n = values.capacity();
        adam.step(values, moments.slice(0, n), moments.slice(n, n), rate, step + 1);
      }
      case NESTEROV -> nesterov.step(OffHeap.view(gradient), OffHeap.view(state), rate);
      case SGD -> gradient.muli(rate);
    }
  }
}
