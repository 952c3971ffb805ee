package org.espalier.engine.stochastic;

import java.util.List;
import org.espalier.base.settings.Providers;

/** The stochastic methods that a configuration can name. */
public final class StochasticMethods {
  private StochasticMethods() {}

  /**
   * A provider of each, ours first, in the order of their lines in {@code META-INF/services}.
   *
   * @throws org.espalier.base.Refusal if a line names a class that cannot be made
   */
  public static List<StochasticMethodProvider> all() {
    return Providers.of(StochasticMethodProvider.class);
  }
}
