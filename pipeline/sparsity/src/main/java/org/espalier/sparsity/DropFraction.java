package org.espalier.sparsity;

import java.util.List;
import org.espalier.base.settings.Key;
import org.espalier.base.settings.Keys;
import org.espalier.base.settings.Settings;
import org.espalier.base.settings.ValueKind;

/**
 * The fraction of a tensor's kept weights that an update exchanges (Evci et al. 2020, section 3).
 *
 * @param initial fraction at step 0, above 0 and below 1
 * @param decay how it shrinks
 * @param end step of the last update
 */
public record DropFraction(double initial, Decay decay, long end) {
  /** How the fraction shrinks until the last update. */
  public enum Decay {
    /** Not at all. */
    CONSTANT,
    /** {@code initial / 2 (1 + cos(pi step / end))}. */
    COSINE;

    /** As it is written in configurations. */
    @Override
    public String toString() {
      return this == COSINE ? "cosine" : "constant";
    }
  }

  private static final Key<Double> INITIAL =
      Key.of(
          "sparsity.dropFraction",
          ValueKind.number("above 0 and below 1", x -> x > 0 && x < 1),
          "0.3",
          "fraction of the kept weights that the first mask update exchanges");

  private static final Key<Decay> DECAY =
      Key.of(
          "sparsity.dropDecay",
          ValueKind.choice(List.of(Decay.values())),
          "cosine",
          "how the fraction shrinks until sparsity.end: cosine or constant");

  /** What a configuration says of it. */
  static Keys keys() {
    return Keys.of(INITIAL, DECAY);
  }

  static DropFraction of(Settings settings) {
    return new DropFraction(
        settings.value(INITIAL), settings.value(DECAY), settings.value(PruningKeys.END));
  }

  /** The fraction at an update. */
  double at(long step) {
    return decay == Decay.CONSTANT
        ? initial
        : initial / 2 * (1 + Math.cos(Math.PI * step / Math.max(end, 1)));
  }

  @Override
  public String toString() {
    return initial + " " + decay;
  }
}
