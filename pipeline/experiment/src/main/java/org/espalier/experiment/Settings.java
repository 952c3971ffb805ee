package org.espalier.experiment;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.espalier.base.NearestNames;
import org.espalier.base.Refusal;

/**
 * The values of all keys, checked one by one: known, readable, in range.
 *
 * <p>Immutable. The canonical form holds what differs from the defaults, sorted by path, so two
 * files that mean the same have the same one.
 */
final class Settings {
  private final SortedMap<String, String> written;

  private Settings(SortedMap<String, String> written) {
    this.written = written;
  }

  /**
   * The values of a resolved configuration.
   *
   * @throws Refusal if a key is unknown or missing, or a value is not of its kind
   */
  static Settings of(Config config) {
    SortedMap<String, String> written = new TreeMap<>();
    for (Map.Entry<String, ConfigValue> entry : config.entrySet()) {
      List<String> path = ConfigUtil.splitPath(entry.getKey());
      written.put(readable(path), text(readable(path), entry.getValue()));
    }
    Settings settings = new Settings(written);
    settings.written.keySet().forEach(Settings::requireKnown);
    ExperimentKeys.all().forEach(settings::value);
    settings.tensorTargets();
    return settings;
  }

  <T> T value(Key<T> key) {
    String text = written.get(key.path());
    if (text == null) {
      text =
          key.fallback()
              .orElseThrow(
                  () ->
                      new Refusal(
                          "Cannot run the experiment: %s is not set (%s); add %s=VALUE."
                              .formatted(key.path(), key.meaning(), key.path())));
    }
    return parse(key.path(), key.kind(), text);
  }

  /** Per-tensor target sparsity by tensor name. */
  SortedMap<String, Double> tensorTargets() {
    SortedMap<String, Double> targets = new TreeMap<>();
    String prefix = ExperimentKeys.TENSOR_TARGETS + ".";
    written.forEach(
        (path, text) -> {
          if (path.startsWith(prefix)) {
            targets.put(
                path.substring(prefix.length()), parse(path, ExperimentKeys.TARGET.kind(), text));
          }
        });
    return targets;
  }

  /** Whether a key has its default value, written or not. */
  boolean isDefault(Key<?> key) {
    return key.fallback()
        .map(text -> String.valueOf(parse(key.path(), key.kind(), text)))
        .filter(String.valueOf(value(key))::equals)
        .isPresent();
  }

  /** What differs from the defaults, by path. */
  SortedMap<String, String> different() {
    SortedMap<String, String> different = new TreeMap<>(tensorTargetTexts());
    for (Key<?> key : ExperimentKeys.all()) {
      if (!isDefault(key)) {
        different.put(key.path(), String.valueOf(value(key)));
      }
    }
    return different;
  }

  /**
   * What differs from the defaults, by path.
   *
   * @param contents hashes that stand for values which name files, by path
   */
  SortedMap<String, String> canonical(Map<String, String> contents) {
    SortedMap<String, String> canonical = different();
    canonical.putAll(contents);
    return Collections.unmodifiableSortedMap(canonical);
  }

  /** A canonical form as it is hashed: a line {@code path=value} each. */
  static String lines(SortedMap<String, String> canonical) {
    return canonical.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
        .collect(Collectors.joining());
  }

  /**
   * Every key with its value, a line {@code path = value} each, as a file that can be used again.
   */
  String fullText() {
    SortedMap<String, String> all = new TreeMap<>(tensorTargetTexts());
    for (Key<?> key : ExperimentKeys.all()) {
      all.put(key.path(), written.getOrDefault(key.path(), key.fallback().orElse("")));
    }
    return all.entrySet().stream()
        .map(
            entry ->
                ConfigUtil.joinPath(pathOf(entry.getKey()))
                    + " = "
                    + ConfigUtil.quoteString(entry.getValue())
                    + "\n")
        .collect(Collectors.joining());
  }

  private static List<String> pathOf(String readable) {
    String prefix = ExperimentKeys.TENSOR_TARGETS + ".";
    if (readable.startsWith(prefix)) {
      List<String> path =
          new java.util.ArrayList<>(ConfigUtil.splitPath(ExperimentKeys.TENSOR_TARGETS));
      path.add(readable.substring(prefix.length()));
      return path;
    }
    return ConfigUtil.splitPath(readable);
  }

  private SortedMap<String, String> tensorTargetTexts() {
    SortedMap<String, String> texts = new TreeMap<>();
    tensorTargets()
        .forEach(
            (tensor, target) ->
                texts.put(ExperimentKeys.TENSOR_TARGETS + "." + tensor, target.toString()));
    return texts;
  }

  private static String readable(List<String> path) {
    return String.join(".", path);
  }

  private static String text(String path, ConfigValue value) {
    if (value instanceof ConfigList list) {
      return list.stream().map(element -> text(path, element)).collect(Collectors.joining(", "));
    }
    if (value.valueType() == ConfigValueType.NULL) {
      throw new Refusal(
          "Cannot read %s: it is %s where one value is expected."
              .formatted(path, value.render(ConfigRenderOptions.concise())));
    }
    return value.valueType() == ConfigValueType.STRING
        ? (String) value.unwrapped()
        : value.render(ConfigRenderOptions.concise());
  }

  private static void requireKnown(String path) {
    List<String> known = ExperimentKeys.all().stream().map(Key::path).toList();
    if (!known.contains(path) && !path.startsWith(ExperimentKeys.TENSOR_TARGETS + ".")) {
      throw new Refusal(
          "Cannot use the configuration key '%s': it is unknown; did you mean %s?"
              .formatted(path, NearestNames.of(path, known)));
    }
  }

  private static <T> T parse(String path, ValueKind<T> kind, String text) {
    T value;
    try {
      value = kind.parse().apply(text);
    } catch (RuntimeException e) {
      throw outOfKind(path, kind, text, e);
    }
    if (!kind.allowed().test(value)) {
      throw outOfKind(path, kind, text, null);
    }
    return value;
  }

  private static Refusal outOfKind(
      String path, ValueKind<?> kind, String text, RuntimeException cause) {
    return new Refusal(
        "Cannot use %s = %s: it must be %s."
            .formatted(path, text.isBlank() ? "(nothing)" : text, kind.expectation()),
        cause);
  }
}
