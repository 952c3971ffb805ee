package org.espalier.engine.stochastic;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The stochastic methods that a configuration can name. A new method is a line in this list. */
public final class StochasticMethods {
  private record Entry(String name, Function<StochasticSettings, StochasticMethod> maker) {}

  private static final List<Entry> KNOWN =
      List.of(
          new Entry(
              VariationalDropout.NAME,
              settings ->
                  new VariationalDropout(
                      settings.initialLogSigma2(),
                      settings.thresholds(),
                      settings.penalty(),
                      settings.trainThreshold())),
          new Entry(
              L0Regularisation.NAME,
              settings -> new L0Regularisation(settings.initialLogAlpha(), settings.penalty())));

  private StochasticMethods() {}

  /** The known names. */
  public static List<String> names() {
    return KNOWN.stream().map(Entry::name).toList();
  }

  /** The method of that name, or nothing if no stochastic method has it. */
  public static Optional<StochasticMethod> find(String name, StochasticSettings settings) {
    return KNOWN.stream()
        .filter(entry -> entry.name().equals(name))
        .findFirst()
        .map(entry -> entry.maker().apply(settings));
  }
}
