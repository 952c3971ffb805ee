package org.espalier.base.settings;

/** One of the things that a key names, such as a method or a schedule, with keys of its own. */
public interface Variant {
  /** The name in configurations. */
  String name();

  /** The keys that it reads; any other variant's are refused where it is chosen. */
  default Keys keys() {
    return Keys.none();
  }

  /**
   * Checks what can be known from the configuration alone.
   *
   * @throws org.espalier.base.Refusal if values contradict each other
   */
  default void check(Settings settings) {}
}
