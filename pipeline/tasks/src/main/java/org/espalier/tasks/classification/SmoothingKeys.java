package org.espalier.tasks.classification;

import org.espalier.base.settings.Key;
import org.espalier.base.settings.Settings;
import org.espalier.base.settings.ValueKind;
import org.espalier.engine.kernel.Smoothing;

/** How the labels of a classifier are smoothed. */
final class SmoothingKeys {
  /** The share of a label that is spread over all classes. */
  static final Key<Double> LABEL_SMOOTHING =
      Key.of(
          "labelSmoothing",
          ValueKind.number("at least 0 and below 1", x -> x >= 0 && x < 1),
          "0",
          "share of a label that is spread over all classes, the right one among them");

  private SmoothingKeys() {}

  static Smoothing of(Settings settings) {
    return new Smoothing(Smoothing.Kind.EVERY_CLASS, settings.value(LABEL_SMOOTHING));
  }
}
