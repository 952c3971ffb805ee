package org.espalier.results;

import java.util.Locale;

/** How a run ended. */
public enum Status {
  /** It did all its steps. */
  FINISHED,
  /** Its loss became NaN or infinite, and it stopped there. */
  DIVERGED;

  /** As it stands in the {@code status} column: {@code finished} or {@code diverged}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
