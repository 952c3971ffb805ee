package org.espalier.wmt14;

import java.io.Serializable;
import org.espalier.base.Refusal;

/** A rule by which pairs are left out of the training text, before they are encoded. */
public interface CleaningRule extends Serializable {
  /** What the dropped pairs are, in a word or two: {@code empty}. */
  String reason();

  /** Whether a pair is dropped; its sentences have no white space at their ends. */
  boolean drops(String source, String target);

  /** Drops pairs of which a side has no text. */
  record Empty() implements CleaningRule {
    @Override
    public String reason() {
      return "empty";
    }

    @Override
    public boolean drops(String source, String target) {
      return source.isEmpty() || target.isEmpty();
    }
  }

  /**
   * Drops pairs of which a side has many times as many words as the other.
   *
   * @param most times, at least 1
   */
  record Ratio(double most) implements CleaningRule {
    /**
     * @throws Refusal if it would drop pairs of equally many words
     */
    public Ratio {
      if (!(most >= 1)) {
        throw new Refusal(
            "Cannot drop pairs with a ratio of words above %s: it must be at least 1; 9 is usual."
                .formatted(most));
      }
    }

    @Override
    public String reason() {
      return "ratio";
    }

    @Override
    public boolean drops(String source, String target) {
      int a = words(source);
      int b = words(target);
      return Math.max(a, b) > most * Math.min(a, b);
    }
  }

  /**
   * Drops pairs of which a side has many words.
   *
   * @param most words, at least 1
   */
  record Words(int most) implements CleaningRule {
    /**
     * @throws Refusal if no word is allowed
     */
    public Words {
      if (most < 1) {
        throw new Refusal(
            "Cannot drop pairs of more than %d words: it must be at least 1; 100 is usual."
                .formatted(most));
      }
    }

    @Override
    public String reason() {
      return "words";
    }

    @Override
    public boolean drops(String source, String target) {
      return words(source) > most || words(target) > most;
    }
  }

  /** The runs of characters other than white space. */
  private static int words(String sentence) {
    int words = 0;
    boolean inside = false;
    for (int at = 0; at < sentence.length(); at++) {
      boolean space = Character.isWhitespace(sentence.charAt(at));
      if (!space && !inside) {
        words++;
      }
      inside = !space;
    }
    return words;
  }
}
