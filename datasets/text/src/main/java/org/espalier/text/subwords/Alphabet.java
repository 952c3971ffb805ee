package org.espalier.text.subwords;

import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * The characters that escaped tokens consist of: those of some texts, those that escapes need, no
 * end of line and no half of a surrogate pair, which no file can hold.
 */
final class Alphabet {
  private final BitSet codePoints = new BitSet();

  private Alphabet(Iterable<String> texts) {
    for (String text : texts) {
      text.codePoints().filter(Alphabet::isStorable).forEach(codePoints::set);
    }
    Escaping.CHARACTERS.codePoints().forEach(codePoints::set);
  }

  static Alphabet of(Iterable<String> texts) {
    return new Alphabet(texts);
  }

  boolean has(int codePoint) {
    return codePoints.get(codePoint);
  }

  IntStream codePoints() {
    return codePoints.stream();
  }

  private static boolean isStorable(int codePoint) {
    return codePoint != '\n' && Character.getType(codePoint) != Character.SURROGATE;
  }
}
