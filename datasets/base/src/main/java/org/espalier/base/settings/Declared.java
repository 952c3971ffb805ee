package org.espalier.base.settings;

/** A setting that a configuration may contain: one key, or a family of keys below one path. */
public sealed interface Declared permits Key, KeyFamily {
  /** Dotted path in the HOCON file and in {@code key=value} arguments. */
  String path();

  /** One line for {@code --help}, with the unit. */
  String meaning();

  /** Whether a configuration gives it a value other than its default. */
  boolean isGiven(Settings settings);
}
