package org.espalier.base.settings;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Defaults that a network or a dataset brings, such as a learning rate or a mean: they hold where
 * the configuration is silent. Immutable.
 */
public final class Recipe {
  private static final Recipe NONE = new Recipe(Map.of());

  private final Map<String, String> defaults;

  private Recipe(Map<String, String> defaults) {
    this.defaults = Map.copyOf(defaults);
  }

  /** The recipe of a network that is content with every key's default. */
  public static Recipe none() {
    return NONE;
  }

  /**
   * This recipe with one more default, written as a user would.
   *
   * @throws org.espalier.base.Refusal if the key does not take the value
   */
  public Recipe with(Key<?> key, String value) {
    key.read(value);
    Map<String, String> more = new TreeMap<>(defaults);
    more.put(key.path(), value);
    return new Recipe(more);
  }

  /** This recipe, and before it another. */
  public Recipe under(Recipe other) {
    Map<String, String> both = new TreeMap<>(defaults);
    both.putAll(other.defaults);
    return new Recipe(both);
  }

  /** The default of a key under this recipe; none if the key is required. */
  public Optional<String> fallback(Key<?> key) {
    return Optional.ofNullable(defaults.get(key.path())).or(key::fallback);
  }
}
