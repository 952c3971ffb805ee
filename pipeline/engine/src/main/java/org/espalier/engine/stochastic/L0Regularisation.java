package org.espalier.engine.stochastic;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.espalier.base.Refusal;
import org.espalier.base.settings.Key;
import org.espalier.base.settings.Keys;
import org.espalier.base.settings.Settings;
import org.espalier.base.settings.ValueKind;
import org.espalier.engine.optimiser.OptimiserKeys;
import org.espalier.engine.weights.PenaltySchedule;
import org.espalier.engine.weights.WeightForm;

/**
 * L0 regularisation (Louizos, Welling and Kingma 2018; "The State of Sparsity", section 3.3): every
 * weight is multiplied by a hard-concrete gate of its own, and the expected number of open gates is
 * penalised. When the network is read, a gate is {@code clip(1.2 sigmoid(log alpha) - 0.1, 0, 1)},
 * which is zero from log alpha = -2.3979 down.
 *
 * <p>Memory: a second parameter per weight, with its gradient and its part of the optimiser's
 * state; compute: a draw of every gate per step beside the plain products.
 *
 * @param initialLogAlpha mean of log alpha at first; 2.197 keeps a gate open nine times in ten
 * @param penalty weight of the expected number of open gates by step
 * @param decay factor of the expected weight decay of gated weights; 0 where theta is decayed by
 *     the optimiser
 */
public record L0Regularisation(double initialLogAlpha, PenaltySchedule penalty, double decay)
    implements StochasticMethod {
  private static final Key<Double> INITIAL_LOG_ALPHA =
      Key.of(
          "sparsity.initialLogAlpha",
          ValueKind.number("from -20 to 20", x -> x >= -20 && x <= 20),
          "2.197",
          "mean of l0's log alpha at first");

  private static final Key<Decay> DECAY =
      Key.of(
          "sparsity.decay",
          ValueKind.choice(List.of(Decay.values())),
          "theta",
          "weight decay of gated weights: of theta, by optimiser.weightDecay as it is, or expected, by optimiser.weightDecay over the initial keep probability times the probability that the gate is open");

  /** What the weight decay of gated weights is. */
  private enum Decay {
    /** The optimiser's, of theta. */
    THETA,
    /** That of Louizos et al., of theta under its gate. */
    EXPECTED;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whose theta is decayed by the optimiser. */
  public L0Regularisation(double initialLogAlpha, PenaltySchedule penalty) {
    this(initialLogAlpha, penalty, 0);
  }

  @Override
  public WeightForm weights() {
    return new WeightForm.HardConcrete(initialLogAlpha, penalty, decay);
  }

  @Override
  public List<PointEstimate> estimates() {
    return List.of(new EstimatedGates());
  }

  @Override
  public String toString() {
    String decayed = decay == 0 ? "" : ", expected squares times %.3g".formatted(decay);
    return "l0(log alpha from %s, expected gates times %s%s)"
        .formatted(initialLogAlpha, penalty, decayed);
  }

  /** The test-time estimator of the gates. */
  private record EstimatedGates() implements PointEstimate {
    private static final double GAMMA = -0.1;
    private static final double ZETA = 1.1;

    @Override
    public OptionalDouble threshold() {
      return OptionalDouble.empty();
    }

    @Override
    public boolean keeps(float theta, float logAlpha) {
      return gate(logAlpha) > 0;
    }

    @Override
    public float value(float theta, float logAlpha) {
      return (float) (theta * gate(logAlpha));
    }

    private static double gate(double logAlpha) {
      double open = 1 / (1 + Math.exp(-logAlpha));
      return Math.min(1, Math.max(0, open * (ZETA - GAMMA) + GAMMA));
    }
  }

  /** {@code sparsity.method = l0}. */
  public static final class Provider implements StochasticMethodProvider {
    @Override
    public String name() {
      return "l0";
    }

    @Override
    public Keys keys() {
      return StochasticMethodProvider.super.keys().and(INITIAL_LOG_ALPHA, DECAY);
    }

    @Override
    public void check(Settings settings) {
      StochasticMethodProvider.super.check(settings);
      if (settings.value(DECAY) == Decay.EXPECTED
          && settings.value(OptimiserKeys.WEIGHT_DECAY) == 0) {
        throw new Refusal(
            "Cannot use sparsity.decay = expected with optimiser.weightDecay = 0: there is no weight decay; set one, or remove sparsity.decay.");
      }
    }

    @Override
    public StochasticMethod create(Settings settings, PenaltySchedule penalty) {
      double initial = settings.value(INITIAL_LOG_ALPHA);
      return new L0Regularisation(
          initial, penalty, settings.value(DECAY) == Decay.THETA ? 0 : decay(settings, initial));
    }

    /** Over the probability sigmoid(log alpha) that a weight is kept at first. */
    private static double decay(Settings settings, double initialLogAlpha) {
      return settings.value(OptimiserKeys.WEIGHT_DECAY) * (1 + Math.exp(-initialLogAlpha));
    }
  }
}
