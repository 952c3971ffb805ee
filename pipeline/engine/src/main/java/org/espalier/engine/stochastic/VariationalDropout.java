package org.espalier.engine.stochastic;

import java.util.List;
import java.util.OptionalDouble;
import org.espalier.base.settings.Key;
import org.espalier.base.settings.Keys;
import org.espalier.base.settings.Settings;
import org.espalier.base.settings.ValueKind;
import org.espalier.engine.weights.PenaltySchedule;
import org.espalier.engine.weights.WeightForm;

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
  /** Limits of log alpha, each an operating point. */
  public static final Key<List<Double>> THRESHOLDS =
      Key.of(
          "sparsity.thresholds",
          ValueKind.numbers(Double::isFinite),
          "0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5",
          "limits of log alpha that variational dropout is evaluated at, a row of results each");

  /** log sigma^2 at first, which networks have recipes for. */
  public static final Key<Double> INITIAL_LOG_SIGMA2 =
      Key.of(
          "sparsity.initialLogSigma2",
          ValueKind.number("from -50 to 10", x -> x >= -50 && x <= 10),
          "-10",
          "log sigma^2 of variational dropout at first");

  private static final Key<Double> TRAIN_THRESHOLD =
      Key.of(
          "sparsity.trainThreshold",
          ValueKind.number("or Infinity", x -> x > Double.NEGATIVE_INFINITY),
          "Infinity",
          "log alpha from which on a weight adds noise but no mean in training: 3 in Molchanov's scripts, Infinity in the paper's code");

  private static final String NAME = "variational-dropout";
  private static final double EPSILON = 1e-8;

  public VariationalDropout {
    thresholds = List.copyOf(thresholds);
  }

  @Override
  public WeightForm weights() {
    return new WeightForm.Variational(initialLogSigma2, thresholds.get(0), penalty, trainThreshold);
  }

  @Override
  public List<PointEstimate> estimates() {
    return thresholds.stream().<PointEstimate>map(Below::new).toList();
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
  private record Below(double limit) implements PointEstimate {
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

  /** {@code sparsity.method = variational-dropout}. */
  public static final class Provider implements StochasticMethodProvider {
    @Override
    public String name() {
      return NAME;
    }

    @Override
    public Keys keys() {
      return StochasticMethodProvider.super
          .keys()
          .and(THRESHOLDS, INITIAL_LOG_SIGMA2, TRAIN_THRESHOLD);
    }

    @Override
    public StochasticMethod create(Settings settings, PenaltySchedule penalty) {
      return new VariationalDropout(
          settings.value(INITIAL_LOG_SIGMA2),
          settings.value(THRESHOLDS),
          penalty,
          settings.value(TRAIN_THRESHOLD));
    }
  }
}
