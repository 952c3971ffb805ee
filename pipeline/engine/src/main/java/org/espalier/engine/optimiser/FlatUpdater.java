package org.espalier.engine.optimiser;

import java.util.Map;
import java.util.Objects;
import org.espalier.engine.kernel.UpdateRule;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A DL4J updater whose step is one pass of {@link org.espalier.engine.kernel} over the flat
 * vectors. ND4J's own Adam takes longer than the forward and backward passes of a small network
 * together.
 */
public final class FlatUpdater implements IUpdater {
  private static final long serialVersionUID = 1L;

  private final Optimiser.Rule rule;
  private final double momentum;
  private final double beta1;
  private final double beta2;
  private final double epsilon;
  private ISchedule learningRate;

  /**
   * An updater.
   *
   * @param rule the update rule
   * @param momentum of {@link Optimiser.Rule#NESTEROV}
   * @param beta1 of {@link Optimiser.Rule#ADAM}
   * @param beta2 of {@link Optimiser.Rule#ADAM}
   * @param epsilon of {@link Optimiser.Rule#ADAM}
   * @param learningRate learning rate by step
   */
  public FlatUpdater(
      @JsonProperty("rule") Optimiser.Rule rule,
      @JsonProperty("momentum") double momentum,
      @JsonProperty("beta1") double beta1,
      @JsonProperty("beta2") double beta2,
      @JsonProperty("epsilon") double epsilon,
      @JsonProperty("learningRate") ISchedule learningRate) {
    this.rule = rule;
    this.momentum = momentum;
    this.beta1 = beta1;
    this.beta2 = beta2;
    this.epsilon = epsilon;
    this.learningRate = learningRate;
  }

  /** The update rule. */
  @JsonProperty("rule")
  public Optimiser.Rule rule() {
    return rule;
  }

  /** Nesterov momentum. */
  @JsonProperty("momentum")
  public double momentum() {
    return momentum;
  }

  /** Adam's decay of the first moment. */
  @JsonProperty("beta1")
  public double beta1() {
    return beta1;
  }

  /** Adam's decay of the second moment. */
  @JsonProperty("beta2")
  public double beta2() {
    return beta2;
  }

  /** What Adam adds to the root of the second moment. */
  @JsonProperty("epsilon")
  public double epsilon() {
    return epsilon;
  }

  /** The rule as the kernels take it. */
  UpdateRule updateRule() {
    return switch (rule) {
      case ADAM -> new UpdateRule.Adam(beta1, beta2, epsilon);
      case NESTEROV -> new UpdateRule.Nesterov(momentum);
      case SGD -> new UpdateRule.Sgd();
    };
  }

  /** Learning rate by step. */
  @JsonProperty("learningRate")
  public ISchedule learningRate() {
    return learningRate;
  }

  @Override
  public long stateSize(long parameters) {
    return rule.stateVectors() * parameters;
  }

  @Override
  public GradientUpdater<?> instantiate(INDArray state, boolean initialise) {
    return new FlatGradientUpdater(this, state, initialise);
  }

  @Override
  public GradientUpdater<?> instantiate(Map<String, INDArray> state, boolean initialise) {
    throw new IllegalArgumentException(
        "Cannot keep the state of " + rule + " by name: it lies in one flat vector");
  }

  @Override
  public double getLearningRate(int step, int epoch) {
    return learningRate.valueAt(step, epoch);
  }

  @Override
  public boolean hasLearningRate() {
    return true;
  }

  @Override
  public void setLrAndSchedule(double rate, ISchedule schedule) {
    learningRate = schedule == null ? LinearDecay.constant(rate) : schedule;
  }

  @Override
  public IUpdater clone() {
    return new FlatUpdater(rule, momentum, beta1, beta2, epsilon, learningRate);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FlatUpdater that
        && rule == that.rule
        && momentum == that.momentum
        && beta1 == that.beta1
        && beta2 == that.beta2
        && epsilon == that.epsilon
        && learningRate.equals(that.learningRate);
  }

  @Override
  public int hashCode() {
    return Objects.hash(rule, momentum, beta1, beta2, epsilon, learningRate);
  }
}
