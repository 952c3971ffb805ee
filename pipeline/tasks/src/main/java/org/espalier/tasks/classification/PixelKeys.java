package org.espalier.tasks.classification;

import java.util.List;
import org.espalier.base.settings.Key;
import org.espalier.base.settings.Keys;
import org.espalier.base.settings.ValueKind;

/** The keys of how stored pixels become a network's input, {@link PixelScale}. */
public final class PixelKeys {
  /** What pixels are divided by. */
  public static final Key<Integer> DIVISOR =
      Key.of("input.divisor", ValueKind.smallNumber(1), "255", "what pixels are divided by");

  /** What is subtracted from every image. */
  public static final Key<Centre> CENTRE =
      Key.of(
          "input.centre",
          ValueKind.choice(List.of(Centre.values())),
          "none",
          "what is subtracted from every image: none, or meanImage of the training split");

  private PixelKeys() {}

  /** All of them, in reading order. */
  public static Keys all() {
    return Keys.of(DIVISOR, CENTRE);
  }
}
