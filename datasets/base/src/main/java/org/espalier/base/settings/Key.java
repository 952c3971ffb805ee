package org.espalier.base.settings;

import java.util.Optional;

/**
 * One key of a configuration: declared once, by what reads it, with its default and its meaning.
 *
 * @param path dotted path in the HOCON file and in {@code key=value} arguments
 * @param kind what values it takes
 * @param fallback the default as a user would write it; none makes the key required
 * @param meaning one line for {@code --help}, with the unit
 */
public record Key<T>(String path, ValueKind<T> kind, Optional<String> fallback, String meaning)
    implements Declared {

  /** A key that every configuration has to give a value. */
  public static <T> Key<T> required(String path, ValueKind<T> kind, String meaning) {
    return new Key<>(path, kind, Optional.empty(), meaning);
  }

  /** A key with a default. */
  public static <T> Key<T> of(String path, ValueKind<T> kind, String fallback, String meaning) {
    return new Key<>(path, kind, Optional.of(fallback), meaning);
  }

  @Override
  public boolean isGiven(Settings settings) {
    return !settings.isDefault(this);
  }

  /**
   * The value that a text stands for.
   *
   * @throws org.espalier.base.Refusal if it is not of the key's kind
   */
  T read(String text) {
    return kind.read(path, text);
  }
}
