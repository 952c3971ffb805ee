package org.espalier.text.subwords;

import java.util.HashMap;
import java.util.Map;

/** Small vocabularies of texts. */
final class Vocabularies {
  private Vocabularies() {}

  /** A vocabulary of about {@code size} subwords for some texts. */
  static Vocabulary of(int size, String... texts) {
    return VocabularySearch.of(counts(texts), size);
  }

  static Map<String, Long> counts(String... texts) {
    TokenCounts counts = new TokenCounts();
    for (String text : texts) {
      counts.add(text);
    }
    return new HashMap<>(counts.byToken());
  }
}
