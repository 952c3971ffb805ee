package org.espalier.results.report;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.espalier.results.Figures;
import org.espalier.results.SeedGroup;
import org.espalier.results.Setting;
import org.espalier.results.Sparsification;
import org.espalier.results.Training;

/** What an experiment is called where there is little room. */
final class Labels {
  private Labels() {}

  /** Its place on the method's curve: target, threshold, or else the measured sparsity. */
  static String point(SeedGroup group) {
    Sparsification how = group.setting().sparsification();
    if (how.threshold().isPresent()) {
      return "threshold " + how.threshold().getAsDouble();
    }
    return percent(how.target().orElse(group.sparsity().mean()));
  }

  static String percent(double sparsity) {
    return Figures.sparsity(sparsity) + "\u00a0%";
  }

  /** Those knobs of an experiment that are not the same in all {@code groups}, in a fixed order. */
  static String distinctions(SeedGroup group, List<SeedGroup> groups) {
    List<Map<String, String>> all = groups.stream().map(each -> knobs(each.setting())).toList();
    return knobs(group.setting()).entrySet().stream()
        .filter(
            knob ->
                all.stream().anyMatch(other -> !knob.getValue().equals(other.get(knob.getKey()))))
        .map(knob -> knob.getKey() + " " + knob.getValue())
        .sorted(Comparator.naturalOrder())
        .collect(Collectors.joining(", "));
  }

  private static Map<String, String> knobs(Setting setting) {
    Training training = setting.training();
    Map<String, String> knobs = new LinkedHashMap<>(setting.notes());
    knobs.put("workers", Integer.toString(training.workers()));
    knobs.put("batch", Integer.toString(training.batch()));
    knobs.put("averaging every", Integer.toString(training.averagingFrequency()));
    knobs.put("steps", Figures.count(training.steps()));
    knobs.put("masked gradient", setting.sparsification().maskedGradient());
    return knobs;
  }
}
