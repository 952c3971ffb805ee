package org.espalier.base;

import java.util.Collection;
import java.util.Comparator;
import java.util.stream.Collectors;

/** What somebody may have meant who wrote a name that does not exist. */
public final class NearestNames {
  private static final int SHOWN = 3;

  private NearestNames() {}

  /** Up to three known names, the fewest edits away first, joined by commas. */
  public static String of(String wanted, Collection<String> known) {
    return known.stream()
        .sorted(
            Comparator.comparingInt((String name) -> edits(wanted, name))
                .thenComparing(Comparator.naturalOrder()))
        .limit(SHOWN)
        .collect(Collectors.joining(", "));
  }

  /** Levenshtein's distance. */
  private static int edits(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
