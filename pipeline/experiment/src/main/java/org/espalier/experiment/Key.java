package org.espalier.experiment;

import java.util.Optional;

/**
 * One key of an experiment's configuration: declared once, with its default and what it means.
 *
 * @param path dotted path in the HOCON file and in {@code key=value} arguments
 * @param kind what values it takes
 * @param fallback the default as a user would write it; none makes the key required
 * @param meaning one line for {@code --help}, with the unit
 */
public record Key<T>(String path, ValueKind<T> kind, Optional<String> fallback, String meaning) {

  static <T> Key<T> required(String path, ValueKind<T> kind, String meaning) {
    return new Key<>(path, kind, Optional.empty(), meaning);
  }

  static <T> Key<T> of(String path, ValueKind<T> kind, String fallback, String meaning) {
    return new Key<>(path, kind, Optional.of(fallback), meaning);
  }
}
