package org.espalier.base.settings;

import java.util.Collections;
import java.util.Map;
import java.util.Map.Entry;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.espalier.base.Refusal;

/**
 * The values of all keys of a configuration, each known, readable and in range.
 *
 * <p>Immutable. The canonical form holds what differs from the defaults, sorted by path, so two
 * configurations that mean the same have the same one.
 */
public final class Settings {
  private final Keys keys;
  private final SortedMap<String, String> written;
  private final Recipe recipe;

  private Settings(Keys keys, SortedMap<String, String> written, Recipe recipe) {
    this.keys = keys;
    this.written = written;
    this.recipe = recipe;
  }

  /**
   * The values that somebody wrote, and the defaults of all other keys.
   *
   * @param written text by path
   * @throws Refusal if a key is unknown or missing, or a value is not of its kind
   */
  public static Settings of(Keys keys, Map<String, String> written) {
    Settings settings = new Settings(keys, new TreeMap<>(written), Recipe.none());
    settings.written.keySet().forEach(keys::requireKnown);
    keys.single().forEach(settings::value);
    keys.families().forEach(settings::members);
    return settings;
  }

  /** These settings with other defaults where nothing is written. */
  public Settings by(Recipe defaults) {
    return new Settings(keys, written, defaults);
  }

  /**
   * These settings with another value of one key.
   *
   * @throws Refusal if it is not of the key's kind
   */
  public Settings with(Key<?> key, String value) {
    key.read(value);
    SortedMap<String, String> more = new TreeMap<>(written);
    more.put(key.path(), value);
    return new Settings(keys, more, recipe);
  }

  /**
   * The value of a key, written or its default.
   *
   * @throws Refusal if the key is required and missing
   */
  public <T> T value(Key<T> key) {
    return key.read(text(key));
  }

  /** The values of a family's keys by the free part of their paths. */
  public <T> SortedMap<String, T> members(KeyFamily<T> family) {
    SortedMap<String, T> members = new TreeMap<>();
    written.forEach(
        (path, text) -> {
          if (family.contains(path)) {
            members.put(family.memberOf(path), family.kind().read(path, text));
          }
        });
    return members;
  }

  /** Whether a key has its default value, written or not. */
  public boolean isDefault(Key<?> key) {
    return recipe
        .fallback(key)
        .map(text -> String.valueOf(key.read(text)))
        .filter(String.valueOf(value(key))::equals)
        .isPresent();
  }

  /** What differs from the defaults, by path. */
  public SortedMap<String, String> different() {
    SortedMap<String, String> different = new TreeMap<>();
    for (KeyFamily<?> family : keys.families()) {
      members(family)
          .forEach((name, value) -> different.put(family.path() + "." + name, value.toString()));
    }
    for (Key<?> key : keys.single()) {
      if (!isDefault(key)) {
        different.put(key.path(), String.valueOf(value(key)));
      }
    }
    return different;
  }

  /**
   * The canonical form: what differs from the defaults, by path.
   *
   * @param contents hashes that stand for values which name files, by path
   */
  public SortedMap<String, String> canonical(Map<String, String> contents) {
    SortedMap<String, String> canonical = different();
    canonical.putAll(contents);
    return Collections.unmodifiableSortedMap(canonical);
  }

  /** A canonical form as it is hashed: a line {@code path=value} each. */
  public static String lines(SortedMap<String, String> canonical) {
    return canonical.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
        .collect(Collectors.joining());
  }

  /** Every key with its value as it is or would be written, by path. */
  public SortedMap<String, String> texts() {
    SortedMap<String, String> texts = new TreeMap<>();
    for (Entry<String, String> entry : written.entrySet()) {
      if (keys.familyOf(entry.getKey()).isPresent()) {
        texts.put(entry.getKey(), entry.getValue());
      }
    }
    keys.single().forEach(key -> texts.put(key.path(), text(key)));
    return texts;
  }

  /** All keys that a configuration may contain. */
  public Keys keys() {
    return keys;
  }

  private String text(Key<?> key) {
    String text = written.get(key.path());
    return text != null
        ? text
        : recipe
            .fallback(key)
            .orElseThrow(
                () ->
                    new Refusal(
                        "Cannot run the experiment: %s is not set (%s); add %s=VALUE."
                            .formatted(key.path(), key.meaning(), key.path())));
  }
}
