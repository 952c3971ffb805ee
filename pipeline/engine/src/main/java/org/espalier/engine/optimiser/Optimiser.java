package org.espalier.engine.optimiser;

import org.espalier.engine.kernel.UpdateRule;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * An update rule with its learning rate and weight decay.
 *
 * @param rule what a gradient becomes
 * @param learningRate the learning rate as a function of the step
 * @param weightDecay factor of the L2 gradient {@code weightDecay * weight}, applied to raw
 *     weights, masked ones included; biases have none
 */
public record Optimiser(UpdateRule rule, LearningRate learningRate, double weightDecay) {
  /** The optimiser as DL4J takes it, for every parameter of a graph. */
  public IUpdater updater() {
    return new FlatUpdater(rule, learningRate);
  }
}
