package org.espalier.results.report;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.espalier.results.Figures;
import org.espalier.results.SeedGroup;
import org.espalier.results.Setting;
import org.espalier.results.Training;

/** What tells the experiments of a study apart beside method, target and threshold. */
final class VariedKnobs {
  private final Set<String> varied;

  private VariedKnobs(Set<String> varied) {
    this.varied = varied;
  }

  /** The knobs that are not the same in all {@code groups}. */
  static VariedKnobs variedIn(List<SeedGroup> groups) {
    List<Map<String, String>> settings = groups.stream().map(VariedKnobs::all).toList();
    Map<String, Set<String>> values = new HashMap<>();
    settings.forEach(
        knobs ->
            knobs.forEach(
                (name, value) -> values.computeIfAbsent(name, key -> new HashSet<>()).add(value)));
    return new VariedKnobs(
        values.keySet().stream()
            .filter(
                name ->
                    values.get(name).size() > 1
                        || settings.stream().anyMatch(knobs -> !knobs.containsKey(name)))
            .collect(Collectors.toSet()));
  }

  boolean areNone() {
    return varied.isEmpty();
  }

  /** The values that an experiment has for the varied knobs, in the order of their names. */
  String of(SeedGroup group) {
    return all(group).entrySet().stream()
        .filter(knob -> varied.contains(knob.getKey()))
        .map(knob -> knob.getKey() + " " + knob.getValue())
        .collect(Collectors.joining(", "));
  }

  private static Map<String, String> all(SeedGroup group) {
    Setting setting = group.setting();
    Training training = setting.training();
    Map<String, String> knobs = new TreeMap<>(setting.notes());
    knobs.put("workers", Integer.toString(training.workers()));
    knobs.put("batch", Integer.toString(training.batch()));
    knobs.put("averaging every", Integer.toString(training.averagingFrequency()));
    knobs.put("steps", Figures.count(training.steps()));
    knobs.put("masked gradient", setting.sparsification().maskedGradient());
    knobs.put("data", Labels.hash(group.dataHash()));
    return knobs;
  }
}
