package org.espalier.base.settings;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.espalier.base.Refusal;

/**
 * A key that names one of several variants.
 *
 * @param key the key
 * @param variants what it can name, in the order in which people read them
 */
public record Choice<V extends Variant>(Key<String> key, List<V> variants) {
  /** Refuses two variants of one name. */
  public Choice {
    variants = List.copyOf(variants);
    Map<String, Variant> byName = new HashMap<>();
    for (Variant variant : variants) {
      Variant other = byName.put(variant.name(), variant);
      if (other != null) {
        throw new Refusal(
            "Cannot choose %s = %s: %s and %s both have that name; take one of them off the class path."
                .formatted(
                    key.path(),
                    variant.name(),
                    other.getClass().getName(),
                    variant.getClass().getName()));
      }
    }
  }

  /** The names. */
  public List<String> names() {
    return variants.stream().map(Variant::name).toList();
  }

  /** The key, then those of all variants. */
  public Keys keys() {
    Keys keys = Keys.of(key);
    for (V variant : variants) {
      keys = keys.and(variant.keys());
    }
    return keys;
  }

  /**
   * The variant that a configuration names.
   *
   * @throws Refusal if none has the name
   */
  public V chosen(Settings settings) {
    String name = settings.value(key);
    return variants.stream()
        .filter(variant -> variant.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new Refusal(
                    "Cannot use %s = %s: it is unknown; choose one of %s."
                        .formatted(key.path(), name, String.join(", ", names()))));
  }

  /**
   * Checks the chosen variant's settings, and that no key of another one is set.
   *
   * @throws Refusal if the name is unknown, or a setting would be ignored or contradicts another
   */
  public void check(Settings settings) {
    V chosen = chosen(settings);
    chosen.check(settings);
    for (Declared setting : keys()) {
      if (setting != key && !chosen.keys().contains(setting) && setting.isGiven(settings)) {
        throw new Refusal(
            "Cannot use %s with %s = %s: it is a setting of %s; remove it."
                .formatted(
                    setting.path(), key.path(), chosen.name(), enumerated(readersOf(setting))));
      }
    }
  }

  private List<String> readersOf(Declared setting) {
    return variants.stream()
        .filter(variant -> variant.keys().contains(setting))
        .map(Variant::name)
        .toList();
  }

  private static String enumerated(List<String> names) {
    int last = names.size() - 1;
    return last == 0
        ? names.get(0)
        : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
  }
}
