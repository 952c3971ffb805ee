package org.espalier.results;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Repetitions of one experiment: operating points whose settings differ in nothing but the seed.
 *
 * @param setting what they have in common, with seed 0
 * @param points the repetitions, at least one
 */
public record SeedGroup(Setting setting, List<OperatingPoint> points) {

  public SeedGroup {
    points = List.copyOf(points);
    if (points.isEmpty()) {
      throw new IllegalArgumentException("Cannot group repetitions of " + setting + ": none given");
    }
  }

  /** The groups that {@code points} fall into, in the order in which each is first met. */
  public static List<SeedGroup> of(Collection<OperatingPoint> points) {
    Map<Setting, List<OperatingPoint>> groups =
        points.stream()
            .collect(
                Collectors.groupingBy(
                    point -> point.setting().withoutSeed(),
                    LinkedHashMap::new,
                    Collectors.toList()));
    return groups.entrySet().stream()
        .map(group -> new SeedGroup(group.getKey(), group.getValue()))
        .toList();
  }

  /** Test accuracy over the repetitions that finished; empty if all diverged. */
  public Optional<Spread> accuracy() {
    return Spread.of(
        finished().stream().mapToDouble(point -> point.measurement().accuracy().orElseThrow()));
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

  /** Wall-clock seconds over the same repetitions as {@link #sparsity()}. */
  public Spread seconds() {
    return over(point -> point.provenance().execution().seconds());
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
