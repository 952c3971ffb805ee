package org.espalier.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.espalier.base.settings.Recipe;
import org.espalier.tasks.NetworkModel;
import org.espalier.tasks.NetworkModels;

/**
 * The keys in which two canonical configurations differ.
 *
 * @param differences by key, at least one unless the configurations are equal
 */
record KeyDifferences(List<Difference> differences) {
  private static final String NOT_SET = "not set";

  /** A key and its two values. */
  record Difference(String key, String theirs, String ours) {
    @Override
    public String toString() {
      return "%s (its %s, yours %s)".formatted(key, theirs, ours);
    }
  }

  static KeyDifferences between(SortedMap<String, String> theirs, SortedMap<String, String> ours) {
    SortedSet<String> keys = new TreeSet<>(theirs.keySet());
    keys.addAll(ours.keySet());
    List<Difference> differences = new ArrayList<>();
    for (String key : keys) {
      String itsValue = valueIn(theirs, key);
      String ourValue = valueIn(ours, key);
      if (!itsValue.equals(ourValue)) {
        differences.add(new Difference(key, itsValue, ourValue));
      }
    }
    return new KeyDifferences(List.copyOf(differences));
  }

  int count() {
    return differences.size();
  }

  /** The differences as the end of a sentence. */
  String sentence() {
    return differences.stream().map(Difference::toString).collect(Collectors.joining(", "));
  }

  /** A canonical configuration leaves defaults out, those of its network's recipe as well. */
  private static String valueIn(Map<String, String> configuration, String path) {
    String value = configuration.get(path);
    return value != null ? value : fallback(path, recipe(configuration));
  }

  private static String fallback(String path, Recipe recipe) {
    return ExperimentKeys.all().single().stream()
        .filter(key -> key.path().equals(path))
        .findFirst()
        .flatMap(recipe::fallback)
        .orElse(NOT_SET);
  }

  /** The recipe of a network that this class path does not know is none. */
  private static Recipe recipe(Map<String, String> configuration) {
    String network =
        configuration.getOrDefault(
            ExperimentKeys.NETWORK.path(), ExperimentKeys.NETWORK.fallback().orElseThrow());
    return NetworkModels.all().stream()
        .filter(model -> model.name().equals(network))
        .findFirst()
        .map(NetworkModel::recipe)
        .orElse(Recipe.none());
  }
}
