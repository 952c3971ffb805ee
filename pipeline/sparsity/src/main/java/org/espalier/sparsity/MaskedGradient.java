package org.espalier.sparsity;

import java.util.List;
import java.util.Locale;
import org.espalier.base.settings.Key;
import org.espalier.base.settings.ValueKind;

/**
 * What the loss gradient of a masked weight is. The forward pass uses weight * mask either way, and
 * weight decay and the optimiser's state move masked weights either way.
 *
 * <p>The two differ because the paper's text and the library that produced its numbers differ: the
 * text (section 3.1, appendix A.1) has masked weights go on receiving updates, the library
 * differentiates mask * weight, which gives them none.
 */
public enum MaskedGradient {
  /**
   * Zero: the gradient is multiplied by the mask before the optimiser sees it. What produced the
   * paper's numbers, and the default for reproducing them. A weight comes back only because
   * thresholds are computed from all raw weights, masked ones included.
   */
  NONE,
  /**
   * As if the weight were not masked: the gradient with respect to the effective weight, passed
   * straight through the mask. What the paper's prose says; gradient-guided regrowth needs it too.
   */
  DENSE;

  /** The key of every method that holds masks. */
  public static final Key<MaskedGradient> KEY =
      Key.of(
          "sparsity.maskedGradient",
          ValueKind.choice(List.of(values())),
          "none",
          "whether masked weights get a loss gradient: none or dense");

  /**
   * The semantics of that name in a configuration, {@code none} or {@code dense}.
   *
   * @throws org.espalier.base.Refusal if there is none
   */
  public static MaskedGradient named(String name) {
    return KnownNames.choose("masked gradient", name, List.of(values()), MaskedGradient::toString);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
