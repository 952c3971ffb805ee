package org.espalier.results;

import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.espalier.base.Metric;

/**
 * What one evaluation found.
 *
 * @param divergedAtStep the last step of the round whose loss was not finite; absent when the run
 *     finished
 * @param leading the metric that networks of this task are compared by
 * @param metrics the values of all metrics, the leading one first and the others by name. Of a run
 *     that finished, the leading one is among them and all are finite; of one that diverged, they
 *     are those that are known, maybe none
 * @param size which weights were left
 */
public record Measurement(
    OptionalLong divergedAtStep, Metric leading, Map<Metric, Double> metrics, ModelSize size) {

  public Measurement {
    Objects.requireNonNull(size, "size");
    divergedAtStep.ifPresent(step -> Require.atLeast(0, step, "a divergence at a step"));
    requireOneOfEachName(leading, metrics);
    metrics = inOrder(leading, metrics);
    metrics.forEach(Measurement::requireInRange);
    if (divergedAtStep.isEmpty()) {
      requireFinished(leading, metrics);
    }
  }

  /** A run that came to its end and was evaluated. */
  public static Measurement finished(Metric leading, Map<Metric, Double> metrics, ModelSize size) {
    return new Measurement(OptionalLong.empty(), leading, metrics, size);
  }

  /** A run that ended with the round up to {@code step}, before it could be evaluated. */
  public static Measurement diverged(long step, Metric leading, ModelSize size) {
    return new Measurement(OptionalLong.of(step), leading, Map.of(), size);
  }

  /** The value of a metric, if it is known. */
  public OptionalDouble value(Metric metric) {
    Double value = metrics.get(metric);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /** The value of the leading metric; always present when the run finished. */
  public OptionalDouble score() {
    return value(leading);
  }

  /** How the run ended. */
  public Status status() {
    return divergedAtStep.isPresent() ? Status.DIVERGED : Status.FINISHED;
  }

  private static void requireOneOfEachName(Metric leading, Map<Metric, Double> metrics) {
    Map<String, Metric> byName = new LinkedHashMap<>();
    Stream.concat(Stream.of(leading), metrics.keySet().stream())
        .forEach(
            metric -> {
              Metric other = byName.putIfAbsent(metric.name(), metric);
              if (other != null && !other.equals(metric)) {
                throw new IllegalArgumentException(
                    "Cannot record two metrics of one name: %s and %s".formatted(other, metric));
              }
            });
  }

  private static Map<Metric, Double> inOrder(Metric leading, Map<Metric, Double> metrics) {
    Map<Metric, Double> ordered = new LinkedHashMap<>();
    metrics.keySet().stream()
        .sorted(
            Comparator.comparing((Metric metric) -> !metric.equals(leading))
                .thenComparing(Metric::name))
        .forEach(metric -> ordered.put(metric, metrics.get(metric)));
    return Collections.unmodifiableMap(ordered);
  }

  private static void requireInRange(Metric metric, double value) {
    if (metric.isFraction() && Double.isFinite(value)) {
      Require.fraction(value, metric.name());
    }
  }

  private static void requireFinished(Metric leading, Map<Metric, Double> metrics) {
    if (!metrics.containsKey(leading)) {
      throw new IllegalArgumentException(
          "Cannot record a finished run without its " + leading.name());
    }
    metrics.forEach(
        (metric, value) -> {
          if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(
                "Cannot record %s of %s as finished: that run diverged"
                    .formatted(metric.name(), value));
          }
        });
  }
}
