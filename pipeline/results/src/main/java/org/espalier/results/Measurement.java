package org.espalier.results;

import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What one evaluation found.
 *
 * @param divergedAtStep the last step of the round whose loss was not finite; absent when the run
 *     finished
 * @param accuracy correct test examples over all test examples, in [0, 1]; always present when the
 *     run finished
 * @param loss mean loss per test example; finite when the run finished, anything (NaN included)
 *     when it diverged
 * @param size which weights were left
 */
public record Measurement(
    OptionalLong divergedAtStep, OptionalDouble accuracy, OptionalDouble loss, ModelSize size) {

  public Measurement {
    Objects.requireNonNull(size, "size");
    divergedAtStep.ifPresent(step -> Require.atLeast(0, step, "a divergence at a step"));
    accuracy.ifPresent(value -> Require.fraction(value, "an accuracy"));
    if (divergedAtStep.isEmpty() && accuracy.isEmpty()) {
      throw new IllegalArgumentException("Cannot record a finished run without its accuracy");
    }
    if (divergedAtStep.isEmpty() && loss.isPresent() && !Double.isFinite(loss.getAsDouble())) {
      throw new IllegalArgumentException(
          "Cannot record a loss of " + loss.getAsDouble() + " as finished: that run diverged");
    }
  }

  /** A run that came to its end and was evaluated. */
  public static Measurement finished(double accuracy, double loss, ModelSize size) {
    return new Measurement(
        OptionalLong.empty(), OptionalDouble.of(accuracy), OptionalDouble.of(loss), size);
  }

  /** A run that ended with the round up to {@code step}, whose loss was NaN or infinite. */
  public static Measurement diverged(long step, double loss, ModelSize size) {
    return new Measurement(
        OptionalLong.of(step), OptionalDouble.empty(), OptionalDouble.of(loss), size);
  }

  /** How the run ended. */
  public Status status() {
    return divergedAtStep.isPresent() ? Status.DIVERGED : Status.FINISHED;
  }
}
