package org.espalier.engine.stochastic;

import java.util.List;
import org.espalier.engine.layer.PenaltySchedule;

/**
 * What a configuration says about stochastic methods; a method takes what it needs.
 *
 * @param penalty weight of the KL divergence or of the expected number of weights, by step
 * @param thresholds on log alpha, at least one, each giving an operating point
 * @param initialLogSigma2 log sigma^2 of every weight at first
 * @param trainThreshold log alpha from which on a weight adds no mean in training
 * @param initialLogAlpha mean of the gates' log alpha at first
 */
public record StochasticSettings(
    PenaltySchedule penalty,
    List<Double> thresholds,
    double initialLogSigma2,
    double trainThreshold,
    double initialLogAlpha) {

  public StochasticSettings {
    thresholds = List.copyOf(thresholds);
  }
}
