package org.espalier.results.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.espalier.results.SeedGroup;
import org.espalier.results.Setting;
import org.espalier.results.Sparsification;

/**
 * The experiments of one method that finished, as points over sparsity.
 *
 * <p>Where a sweep tried several settings, the curve runs through the best one of each target;
 * without targets, through those that no other setting beats at no less sparsity. The leading
 * metric says what is better. The rest stands aside.
 *
 * @param method the method's name
 * @param points from few to many zeros, at least one
 */
record Curve(String method, List<Point> points) {

  /**
   * One experiment.
   *
   * @param group its repetitions
   * @param sparsity mean measured sparsity
   * @param score mean of the leading metric
   * @param onCurve whether the curve runs through it
   */
  record Point(SeedGroup group, double sparsity, double score, boolean onCurve) {}

  private record Candidate(
      SeedGroup group, double sparsity, double score, OptionalDouble target, int experiment) {

    boolean beats(Candidate other) {
      if (!group.leading().isBetter(score, other.score)) {
        return false;
      }
      return other.target.isPresent()
          ? other.target.equals(target)
          : sparsity >= other.sparsity && experiment != other.experiment;
    }
  }

  /** The curves of all sparse methods, in the order in which the methods first occur. */
  static List<Curve> of(List<SeedGroup> groups) {
    Map<String, List<Candidate>> methods = new LinkedHashMap<>();
    Map<Setting, Integer> experiments = new LinkedHashMap<>();
    for (SeedGroup group : groups) {
      Sparsification how = group.setting().sparsification();
      if (how.isDense() || group.score().isEmpty()) {
        continue;
      }
      int experiment =
          experiments.computeIfAbsent(experiment(group.setting()), unseen -> experiments.size());
      methods
          .computeIfAbsent(how.method(), method -> new ArrayList<>())
          .add(
              new Candidate(
                  group,
                  group.sparsity().mean(),
                  group.score().orElseThrow().mean(),
                  how.target(),
                  experiment));
    }
    return methods.entrySet().stream()
        .map(method -> new Curve(method.getKey(), points(method.getValue())))
        .toList();
  }

  /** The points that the curve runs through. */
  List<Point> line() {
    return points.stream().filter(Point::onCurve).toList();
  }

  private static List<Point> points(List<Candidate> candidates) {
    return candidates.stream()
        .map(
            one ->
                new Point(
                    one.group,
                    one.sparsity,
                    one.score,
                    candidates.stream().noneMatch(other -> other.beats(one))))
        .sorted(Comparator.comparingDouble(Point::sparsity))
        .toList();
  }

  /** A setting without what is varied along a curve. */
  private static Setting experiment(Setting setting) {
    Sparsification how = setting.sparsification();
    return new Setting(
        setting.network(),
        setting.dataset(),
        new Sparsification(
            how.method(), OptionalDouble.empty(), OptionalDouble.empty(), how.maskedGradient()),
        setting.training(),
        setting.notes());
  }
}
