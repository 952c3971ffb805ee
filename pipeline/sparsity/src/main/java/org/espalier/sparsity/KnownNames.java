package org.espalier.sparsity;

import java.util.Collection;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.espalier.base.Refusal;

/** Choosing something by the name that a configuration gives. */
final class KnownNames {
  private KnownNames() {}

  /** The candidate whose name is {@code wanted}, or a refusal that lists all names. */
  static <T> T choose(
      String kind, String wanted, Collection<T> candidates, Function<T, String> nameOf) {
    return candidates.stream()
        .filter(candidate -> nameOf.apply(candidate).equals(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                new Refusal(
                    "Cannot find the "
                        + kind
                        + " "
                        + wanted
                        + ": known are "
                        + candidates.stream().map(nameOf).collect(Collectors.joining(", "))
                        + "."));
  }
}
