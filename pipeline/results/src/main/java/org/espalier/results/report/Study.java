package org.espalier.results.report;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.espalier.results.SeedGroup;

/**
 * All experiments on one network and one dataset: what belongs into one plot.
 *
 * @param network the network's name
 * @param dataset the dataset's name
 * @param groups the experiments, in the order of the results table; at least one
 * @param dense the most accurate dense experiment that finished
 * @param curves the sparse experiments that finished, by method
 */
record Study(
    String network,
    String dataset,
    List<SeedGroup> groups,
    Optional<SeedGroup> dense,
    List<Curve> curves) {

  /** The studies in the order in which their first experiment occurs. */
  static List<Study> of(List<SeedGroup> groups) {
    return groups.stream()
        .collect(
            Collectors.groupingBy(
                group -> List.of(group.setting().network(), group.setting().dataset()),
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
    Optional<SeedGroup> dense =
        groups.stream()
            .filter(group -> group.setting().sparsification().isDense())
            .filter(group -> group.accuracy().isPresent())
            .max(Comparator.comparingDouble(group -> group.accuracy().orElseThrow().mean()));
    return new Study(
        groups.get(0).setting().network(),
        groups.get(0).setting().dataset(),
        groups,
        dense,
        Curve.of(groups));
  }
}
