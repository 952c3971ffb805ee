package org.espalier.sparsity;

import java.util.List;
import org.espalier.base.settings.Providers;

/** The masking methods that a configuration can name. */
public final class MaskingMethods {
  private MaskingMethods() {}

  /**
   * A provider of each, ours first, in the order of their lines in {@code META-INF/services}.
   *
   * @throws org.espalier.base.Refusal if a line names a class that cannot be made
   */
  public static List<MaskingMethodProvider> all() {
    return Providers.of(MaskingMethodProvider.class);
  }
}
