package org.espalier.experiment;

import java.util.List;
import org.espalier.base.settings.Choice;
import org.espalier.base.settings.Key;
import org.espalier.base.settings.Keys;
import org.espalier.base.settings.ValueKind;
import org.espalier.base.settings.Variant;

/** The keys that say what of the workers is averaged, and how often. */
final class AveragingKeys {
  private static final String PARAMETERS = "parameters";
  private static final String GRADIENTS = "gradients";

  static final Key<String> OF =
      Key.of(
          "averaging.of",
          ValueKind.text(),
          PARAMETERS,
          "what is averaged: parameters and optimiser state, or gradients after every step");
  static final Key<Integer> FREQUENCY =
      Key.of(
          "averaging.frequency",
          ValueKind.smallNumber(1),
          "10",
          "steps between two averagings of parameters");

  private static final Choice<Kind> CHOICE =
      new Choice<>(
          OF, List.of(new Kind(PARAMETERS, Keys.of(FREQUENCY)), new Kind(GRADIENTS, Keys.none())));

  /** Something that can be averaged. */
  record Kind(String name, Keys keys) implements Variant {
    boolean isGradients() {
      return name.equals(GRADIENTS);
    }
  }

  private AveragingKeys() {}

  static Choice<Kind> choice() {
    return CHOICE;
  }
}
