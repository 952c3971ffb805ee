package org.espalier.results.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.espalier.results.SeedGroup;
import org.espalier.results.Setting;
import org.espalier.results.Sparsification;

/**
 * All experiments on one network and one dataset: what belongs into one plot.
 *
 * @param network the network's name
 * @param dataset the dataset's name
 * @param groups the experiments, in the order of the results table; at least one
 */
record Study(String network, String dataset, List<SeedGroup> groups) {

  /** The studies in the order in which their first experiment occurs. */
  static List<Study> of(List<SeedGroup> groups) {
    return groups.stream()
        .collect(
            Collectors.groupingBy(
                group -> List.of(group.setting().network(), group.setting().dataset()),
                LinkedHashMap::new,
                Collectors.toList()))
        .entrySet()
        .stream()
        .map(study -> new Study(study.getKey().get(0), study.getKey().get(1), study.getValue()))
        .toList();
  }

  String title() {
    return network + " on " + dataset;
  }

  /** The most accurate dense experiment that finished. */
  Optional<SeedGroup> dense() {
    return evaluated().stream()
        .filter(group -> group.setting().sparsification().isDense())
        .max(Comparator.comparingDouble(Study::accuracy));
  }

  /** The sparse experiments that finished, by method, each from few to many zeros. */
  Map<String, List<SeedGroup>> sparse() {
    Map<String, List<SeedGroup>> methods = new LinkedHashMap<>();
    for (SeedGroup group : evaluated()) {
      Sparsification how = group.setting().sparsification();
      if (!how.isDense()) {
        methods.computeIfAbsent(how.method(), method -> new ArrayList<>()).add(group);
      }
    }
    methods.values().forEach(points -> points.sort(Comparator.comparingDouble(Study::sparsity)));
    return methods;
  }

  /**
   * The experiments that a method's curve runs through: of several settings for one target the most
   * accurate; without targets, those that no other setting beats in accuracy at no less sparsity.
   */
  static List<SeedGroup> curve(List<SeedGroup> method) {
    return method.stream()
        .filter(group -> method.stream().noneMatch(other -> beats(other, group)))
        .toList();
  }

  private static boolean beats(SeedGroup other, SeedGroup group) {
    if (accuracy(other) <= accuracy(group)) {
      return false;
    }
    OptionalDouble target = group.setting().sparsification().target();
    return target.isPresent()
        ? target.equals(other.setting().sparsification().target())
        : sparsity(other) >= sparsity(group) && !experiment(other).equals(experiment(group));
  }

  /** The setting without what is varied along a curve. */
  private static Setting experiment(SeedGroup group) {
    Setting setting = group.setting();
    Sparsification how = setting.sparsification();
    return new Setting(
        setting.network(),
        setting.dataset(),
        new Sparsification(
            how.method(), OptionalDouble.empty(), OptionalDouble.empty(), how.maskedGradient()),
        setting.training(),
        setting.notes());
  }

  /** Mean accuracy of an experiment that finished. */
  static double accuracy(SeedGroup group) {
    return group.accuracy().orElseThrow().mean();
  }

  /** Mean measured sparsity of an experiment. */
  static double sparsity(SeedGroup group) {
    return group.sparsity().mean();
  }

  private List<SeedGroup> evaluated() {
    return groups.stream().filter(group -> group.accuracy().isPresent()).toList();
  }
}
