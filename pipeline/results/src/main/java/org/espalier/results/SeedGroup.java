package org.espalier.results;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.espalier.base.Metric;

/**
 * Repetitions of one experiment: operating points whose settings differ in nothing but the seed,
 * evaluated on the same data and compared by the same metric.
 *
 * @param setting what they have in common, with seed 0
 * @param points the repetitions, at least one
 */
public record SeedGroup(Setting setting, List<OperatingPoint> points) {

  /** What tells experiments apart. */
  private record Experiment(Setting setting, String dataHash, Metric leading) {
    static Experiment of(OperatingPoint point) {
      return new Experiment(
          point.setting().withoutSeed(),
          point.provenance().dataHash(),
          point.measurement().leading());
    }
  }

  public SeedGroup {
    points = List.copyOf(points);
    if (points.isEmpty()) {
      throw new IllegalArgumentException("Cannot group repetitions of " + setting + ": none given");
    }
  }

  /** The groups that {@code points} fall into, in the order in which each is first met. */
  public static List<SeedGroup> of(Collection<OperatingPoint> points) {
    Map<Experiment, List<OperatingPoint>> groups =
        points.stream()
            .collect(
                Collectors.groupingBy(Experiment::of, LinkedHashMap::new, Collectors.toList()));
    return groups.entrySet().stream()
        .map(group -> new SeedGroup(group.getKey().setting(), group.getValue()))
        .toList();
  }

  /** The hash of the data that all were evaluated on. */
  public String dataHash() {
    return points.get(0).provenance().dataHash();
  }

  /** The metric that they are compared by. */
  public Metric leading() {
    return points.get(0).measurement().leading();
  }

  /** The leading metric over the repetitions that finished; empty if all diverged. */
  public Optional<Spread> score() {
    return spread(leading());
  }

  /** A metric over the repetitions that finished and know it; empty if there are none. */
  public Optional<Spread> spread(Metric metric) {
    return Spread.of(
        finished().stream()
            .map(point -> point.measurement().value(metric))
            .flatMapToDouble(OptionalDouble::stream));
  }

  /** Measured sparsity over the repetitions that finished, or over all if all diverged. */
  public Spread sparsity() {
    return over(point -> point.measurement().size().sparsity());
  }

  /** Kept weights over the same repetitions as {@link #sparsity()}. */
  public Spread keptWeights() {
    return over(point -> point.measurement().size().kept());
  }

  /** Whole-model compression over the same repetitions as {@link #sparsity()}. */
  public Spread compression() {
    return over(point -> point.measurement().size().compression());
  }

  /** Multiply-adds of a forward pass over the repetitions that finished and know them. */
  public Optional<Spread> multiplyAdds() {
    return Spread.of(
        finished().stream()
            .flatMap(point -> point.measurement().size().inference().stream())
            .mapToDouble(InferenceCost::kept));
  }

  /** Wall-clock seconds over the same repetitions as {@link #sparsity()}. */
  public Spread seconds() {
    return over(point -> point.provenance().seconds());
  }

  /** How many repetitions there are, such as {@code 3}, or {@code 2 of 3} if one diverged. */
  public String seeds() {
    int finished = finished().size();
    return finished == points.size()
        ? Integer.toString(finished)
        : finished + " of " + points.size();
  }

  /** The repetitions that did all their steps. */
  public List<OperatingPoint> finished() {
    return points.stream()
        .filter(point -> point.measurement().status() == Status.FINISHED)
        .toList();
  }

  private Spread over(ToDoubleFunction<OperatingPoint> quantity) {
    List<OperatingPoint> counted = finished().isEmpty() ? points : finished();
    return Spread.of(counted.stream().mapToDouble(quantity)).orElseThrow();
  }
}
