package org.espalier.engine.stochastic;

import java.util.List;
import java.util.OptionalDouble;
import org.espalier.engine.layer.PenaltySchedule;
import org.espalier.engine.layer.WeightForm;

/**
 * Sparse variational dropout (Molchanov, Ashukha and Vetrov 2017; "The State of Sparsity", section
 * 3.2): every weight is normal with mean theta and variance sigma^2, both learned, under a
 * log-uniform prior. Weights of high {@code log alpha = log sigma^2 - log(theta^2 + 1e-8)} are
 * noise and are removed when the network is read.
 *
 * <p>Memory: a second parameter per weight, with its gradient and its part of the optimiser's
 * state; compute: two products in place of one in every direction.
 *
 * @param initialLogSigma2 log sigma^2 of every weight at first: -10 for LeNet and Transformer, -15
 *     for ResNet-50
 * @param thresholds on log alpha, each giving an operating point
 * @param penalty weight of the KL divergence by step
 * @param trainThreshold log alpha from which on a weight adds noise but no mean in training, as in
 *     the scripts of Molchanov et al.; infinite, as in the paper's code, for none
 */
public record VariationalDropout(
    double initialLogSigma2,
    List<Double> thresholds,
    PenaltySchedule penalty,
    double trainThreshold)
    implements StochasticMethod {
  /** The name in configurations. */
  public static final String NAME = "variational-dropout";

  private static final double EPSILON = 1e-8;

  public VariationalDropout {
    thresholds = List.copyOf(thresholds);
  }

  @Override
  public WeightForm weights() {
    return new WeightForm.Variational(initialLogSigma2, thresholds.get(0), penalty, trainThreshold);
  }

  @Override
  public List<Reading> readings() {
    return thresholds.stream().<Reading>map(Below::new).toList();
  }

  @Override
  public String toString() {
    String ownMeans =
        Double.isInfinite(trainThreshold)
            ? ""
            : ", no mean from log alpha %s on".formatted(trainThreshold);
    return "%s(log sigma^2 from %s, thresholds %s, KL times %s%s)"
        .formatted(NAME, initialLogSigma2, thresholds, penalty, ownMeans);
  }

  /** Keeps theta where log alpha, not clipped, is below a limit. */
  private record Below(double limit) implements Reading {
    @Override
    public OptionalDouble threshold() {
      return OptionalDouble.of(limit);
    }

    @Override
    public boolean keeps(float theta, float logSigma2) {
      return logSigma2 - Math.log((double) theta * theta + EPSILON) < limit;
    }

    @Override
    public float value(float theta, float logSigma2) {
      return theta;
    }
  }
}
