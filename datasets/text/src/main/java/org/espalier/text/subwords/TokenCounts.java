package org.espalier.text.subwords;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/** How often the tokens of some texts occur. Used by one thread. */
public final class TokenCounts {
  private final Map<String, Long> counts = new HashMap<>();
  private final TokenCursor cursor = new TokenCursor();

  /** Counts the tokens of a text. */
  public void add(String text) {
    cursor.reset(text);
    while (cursor.next()) {
      counts.merge(cursor.token(), 1L, Long::sum);
    }
  }

  /** The counts so far, by token. */
  public Map<String, Long> byToken() {
    return Collections.unmodifiableMap(counts);
  }
}
