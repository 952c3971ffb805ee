package org.espalier.results.report;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.espalier.base.Metric;
import org.espalier.results.SeedGroup;

/**
 * All experiments on one network and one dataset that are compared by one metric: what belongs into
 * one plot.
 *
 * @param network the network's name
 * @param dataset the dataset's name
 * @param leading the metric
 * @param groups the experiments, in the order of the results table; at least one
 * @param dense the best dense experiment that finished
 * @param curves the sparse experiments that finished, by method
 */
record Study(
    String network,
    String dataset,
    Metric leading,
    List<SeedGroup> groups,
    Optional<SeedGroup> dense,
    List<Curve> curves) {

  /** The studies in the order in which their first experiment occurs. */
  static List<Study> of(List<SeedGroup> groups) {
    return groups.stream()
        .collect(
            Collectors.groupingBy(
                group ->
                    List.of(group.setting().network(), group.setting().dataset(), group.leading()),
                LinkedHashMap::new,
                Collectors.toList()))
        .values()
        .stream()
        .map(Study::ofOne)
        .toList();
  }

  String title() {
    return network + " on " + dataset;
  }

  private static Study ofOne(List<SeedGroup> groups) {
    Metric leading = groups.get(0).leading();
    Optional<SeedGroup> dense =
        groups.stream()
            .filter(group -> group.setting().sparsification().isDense())
            .filter(group -> group.score().isPresent())
            .max(Comparator.comparing(Study::score, leading.worstFirst()));
    return new Study(
        groups.get(0).setting().network(),
        groups.get(0).setting().dataset(),
        leading,
        groups,
        dense,
        Curve.of(groups));
  }

  private static double score(SeedGroup group) {
    return group.score().orElseThrow().mean();
  }
}
