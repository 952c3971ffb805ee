package org.espalier.sparsity;

import java.util.List;

/** The distributions that a configuration can name. */
public final class Distributions {
  private static final List<Distribution> KNOWN =
      List.of(
          new UniformDistribution(),
          new ErdosRenyiDistribution(ErdosRenyiDistribution.Ratio.CHANNELS),
          new ErdosRenyiDistribution(ErdosRenyiDistribution.Ratio.KERNEL),
          new GlobalDistribution());

  private Distributions() {}

  /** The known names. */
  public static List<String> names() {
    return KNOWN.stream().map(Distribution::toString).toList();
  }

  /**
   * The distribution {@code uniform}, {@code erdos-renyi}, {@code erdos-renyi-kernel} or {@code
   * global}.
   *
   * @throws org.espalier.base.Refusal if the name is unknown
   */
  public static Distribution named(String name) {
    return KnownNames.choose("distribution", name, KNOWN, Distribution::toString);
  }
}
