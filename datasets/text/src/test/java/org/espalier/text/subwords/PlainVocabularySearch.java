package org.espalier.text.subwords;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The subwords that occur at least so many times, found in the plainest way: a map of all
 * substrings, looked at from the longest to the shortest.
 */
final class PlainVocabularySearch {
  private PlainVocabularySearch() {}

  static List<String> subwords(Map<String, Long> tokens, long minimum, int iterations) {
    List<String> texts = new ArrayList<>(tokens.keySet());
    texts.addAll(Vocabulary.RESERVED_NAMES);
    Alphabet alphabet = Alphabet.of(texts);
    Set<String> characters = new TreeSet<>();
    alphabet.codePoints().mapToObj(Character::toString).forEach(characters::add);
    List<String> found = new ArrayList<>(characters);
    for (int iteration = 0; iteration < iterations; iteration++) {
      Map<String, Long> counts = counts(tokens, alphabet, new HashSet<>(found));
      List<String> longestFirst = new ArrayList<>(counts.keySet());
      longestFirst.sort(Comparator.comparingInt(String::length).reversed());
      Map<String, Long> chosen = new HashMap<>();
      characters.forEach(c -> chosen.put(c, 0L));
      for (String string : longestFirst) {
        long count = counts.get(string);
        if (count >= minimum) {
          chosen.put(string, count);
          for (int end = 1; end < string.length(); end++) {
            counts.merge(string.substring(0, end), -count, Long::sum);
          }
        }
      }
      characters.forEach(c -> chosen.put(c, counts.getOrDefault(c, 0L)));
      found = new ArrayList<>(chosen.keySet());
      Comparator<String> order = Comparator.comparing(chosen::get);
      found.sort(order.thenComparing(Comparator.naturalOrder()).reversed());
    }
    return found;
  }

  private static Map<String, Long> counts(
      Map<String, Long> tokens, Alphabet alphabet, Set<String> subwords) {
    Map<String, Long> counts = new HashMap<>();
    tokens.forEach(
        (token, count) -> {
          String escaped = Escaping.escape(token, alphabet);
          int start = 0;
          while (start < escaped.length()) {
            for (int end = start + 1; end <= escaped.length(); end++) {
              counts.merge(escaped.substring(start, end), count, Long::sum);
            }
            int end = escaped.length();
            while (!subwords.contains(escaped.substring(start, end))) {
              end--;
            }
            start = end;
          }
        });
    return counts;
  }
}
