package org.espalier.base;

import java.util.Collection;
import java.util.Comparator;
import java.util.stream.Collectors;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** What somebody may have meant who wrote a name that does not exist. */
public final class NearestNames {
  private static final int SHOWN = 3;
  private static final LevenshteinDistance EDITS = LevenshteinDistance.getDefaultInstance();

  private NearestNames() {}

  /** Up to three known names, the fewest edits away first, joined by commas. */
  public static String of(String wanted, Collection<String> known) {
    return known.stream()
        .sorted(
            Comparator.comparingInt((String name) -> EDITS.apply(wanted, name))
                .thenComparing(Comparator.naturalOrder()))
        .limit(SHOWN)
        .collect(Collectors.joining(", "));
  }
}
