package org.espalier.tasks;

import org.espalier.base.settings.Key;
import org.espalier.base.settings.Settings;
import org.espalier.base.settings.ValueKind;
import org.espalier.engine.kernel.Smoothing;

/** The key of label smoothing, for networks that smooth labels. */
public final class SmoothingKeys {
  /** The share of a label that is spread over classes. */
  public static final Key<Double> LABEL_SMOOTHING =
      Key.of(
          "labelSmoothing",
          ValueKind.number("at least 0 and below 1", x -> x >= 0 && x < 1),
          "0",
          "share of a label that is spread: over all classes, the right one among them; over the other tokens, in a translation");

  private SmoothingKeys() {}

  /** The smoothing of a configuration. */
  public static Smoothing of(Settings settings, Smoothing.Kind kind) {
    return new Smoothing(kind, settings.value(LABEL_SMOOTHING));
  }
}
