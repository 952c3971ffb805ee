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

  private final UpdateRule rule;
  private LearningRate learningRate;

  /**
   * An updater.
   *
   * @param rule the update rule
   * @param learningRate learning rate by step
   */
  public FlatUpdater(
      @JsonProperty("rule") UpdateRule rule,
      @JsonProperty("learningRate") LearningRate learningRate) {
    this.rule = rule;
    this.learningRate = learningRate;
  }

  /** The update rule. */
  @JsonProperty("rule")
  public UpdateRule rule() {
    return rule;
  }

  /** Learning rate by step. */
  @JsonProperty("learningRate")
  public LearningRate learningRate() {
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
    return learningRate.at(step);
  }

  @Override
  public boolean hasLearningRate() {
    return true;
  }

  @Override
  public void setLrAndSchedule(double rate, ISchedule schedule) {
    if (schedule != null) {
      throw new IllegalArgumentException(
          "Cannot follow the schedule %s: give the updater a LearningRate in its place."
              .formatted(schedule));
    }
    learningRate = new ConstantRate(rate);
  }

  @Override
  public IUpdater clone() {
    return new FlatUpdater(rule, learningRate);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FlatUpdater that
        && rule.equals(that.rule)
        && learningRate.equals(that.learningRate);
  }

  @Override
  public int hashCode() {
    return Objects.hash(rule, learningRate);
  }
}
