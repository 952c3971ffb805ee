package org.espalier.text.subwords;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.espalier.base.Refusal;

/**
 * The search for a vocabulary of about a wanted size: the higher the number of occurrences that is
 * asked of a subword, the smaller the vocabulary. The number is bisected until the size is within 1
 * %, or the nearest is found, as tensor2tensor's {@code build_to_target_size} does from 1 to 1,000;
 * where 1,000 is too low, the search goes on above it. A function of counts and size, whatever the
 * order of the counts.
 */
public final class VocabularySearch {
  /** The size unless told otherwise. */
  public static final int SIZE_DEFAULT = 1 << 15;

  private static final long HIGHEST_AT_FIRST = 1_000;
  private static final int ITERATIONS = 4;

  private final int size;
  private final List<String> characters;
  private final EscapedTokens tokens;

  private VocabularySearch(Map<String, Long> counts, int size) {
    this.size = size;
    List<String> texts = new ArrayList<>(counts.keySet());
    texts.addAll(Vocabulary.RESERVED_NAMES);
    Alphabet alphabet = Alphabet.of(texts);
    this.characters = alphabet.codePoints().mapToObj(Character::toString).toList();
    this.tokens = new EscapedTokens(counts, alphabet);
  }

  /**
   * The vocabulary for tokens.
   *
   * @param counts how often each token occurs, at least once
   * @param size of the vocabulary, at least 1; every character of the tokens is a subword in any
   *     case
   * @throws Refusal if there is no token, or the size is less than 1
   */
  public static Vocabulary of(Map<String, Long> counts, int size) {
    requireSize(size);
    if (counts.isEmpty()) {
      throw new Refusal(
          "Cannot build a vocabulary: the text has no token; give text with at least one character.");
    }
    VocabularySearch search = new VocabularySearch(counts, size);
    List<String> found = search.bisect(1, HIGHEST_AT_FIRST);
    if (search.isTooLarge(found)) {
      long highest = counts.values().stream().mapToLong(Long::longValue).sum();
      if (highest > HIGHEST_AT_FIRST) {
        found = search.nearer(found, search.bisect(HIGHEST_AT_FIRST + 1, highest));
      }
    }
    return Vocabulary.of(found);
  }

  /**
   * Checks a size before any text is read.
   *
   * @throws Refusal if it is less than 1
   */
  public static void requireSize(int size) {
    if (size < 1) {
      throw new Refusal(
          "Cannot build a vocabulary of %d subwords: the size must be at least 1; %d is usual."
              .formatted(size, SIZE_DEFAULT));
    }
  }

  /** The subwords that occur at least {@code minimum} times, the reserved ones in front. */
  static List<String> subwords(Map<String, Long> counts, long minimum) {
    return new VocabularySearch(counts, 1).subwords(minimum);
  }

  private List<String> bisect(long lowest, long highest) {
    long minimum = (lowest + highest) / 2;
    List<String> found = subwords(minimum);
    if (isNear(found) || lowest >= highest || minimum < 2) {
      return found;
    }
    List<String> other =
        found.size() > size ? bisect(minimum + 1, highest) : bisect(lowest, minimum - 1);
    return nearer(found, other);
  }

  private List<String> nearer(List<String> found, List<String> other) {
    return distance(other) < distance(found) ? other : found;
  }

  private boolean isNear(List<String> found) {
    return distance(found) * 100 < size;
  }

  private boolean isTooLarge(List<String> found) {
    return found.size() > size && !isNear(found);
  }

  private long distance(List<String> found) {
    return Math.abs((long) found.size() - size);
  }

  /**
   * The subwords that occur at least {@code minimum} times, refined by splitting the tokens into
   * those found before, which begins with single characters.
   */
  private List<String> subwords(long minimum) {
    List<String> subwords = new ArrayList<>(Vocabulary.RESERVED_NAMES);
    subwords.addAll(characters);
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
      SubwordTrie trie = new SubwordTrie(subwords, Vocabulary.RESERVED);
      Map<String, Long> counts =
          CandidateSubwords.of(tokens, tokens.starts(trie, subwords), Math.max(1, minimum));
      characters.forEach(character -> counts.putIfAbsent(character, 0L));
      subwords = new ArrayList<>(Vocabulary.RESERVED_NAMES);
      counts.entrySet().stream()
          .sorted(mostFrequentFirst())
          .map(Map.Entry::getKey)
          .forEach(subwords::add);
    }
    return subwords;
  }

  /** Equal counts in the reverse order of the code points, as Python sorts pairs. */
  private static Comparator<Map.Entry<String, Long>> mostFrequentFirst() {
    Comparator<Map.Entry<String, Long>> least =
        Map.Entry.<String, Long>comparingByValue()
            .thenComparing(Map.Entry::getKey, VocabularySearch::compareCodePoints);
    return least.reversed();
  }

  private static int compareCodePoints(String a, String b) {
    int at = 0;
    while (at < a.length() && at < b.length() && a.charAt(at) == b.charAt(at)) {
      at++;
    }
    if (at == a.length() || at == b.length()) {
      return a.length() - b.length();
    }
    return Integer.compare(rank(a.charAt(at)), rank(b.charAt(at)));
  }

  /** Half of a surrogate pair stands above all other UTF-16. */
  private static int rank(char c) {
    return Character.isSurrogate(c) ? c + Character.MAX_VALUE : c;
  }
}
