package org.espalier.text.subwords;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.espalier.base.Refusal;
import org.junit.jupiter.api.Test;

class VocabularySearchTest {
  private static Map<String, Long> counts(int seed, int tokens) {
    Random random = new Random(seed);
    Map<String, Long> counts = new HashMap<>();
    for (int token = 0; token < tokens; token++) {
      StringBuilder text = new StringBuilder();
      for (int at = 1 + random.nextInt(7); at > 0; at--) {
        text.append("abcdeé_\\1".charAt((int) (9 * Math.pow(random.nextDouble(), 2))));
      }
      counts.merge(text.toString(), 1L + random.nextInt(20), Long::sum);
    }
    return counts;
  }

  private static List<String> subwords(Vocabulary vocabulary) {
    List<String> subwords = new ArrayList<>();
    for (int id = Vocabulary.RESERVED; id < vocabulary.size(); id++) {
      subwords.add(vocabulary.subword(id));
    }
    return subwords;
  }

  @Test
  void theSubwordsAreThoseOfThePlainSearch() {
    for (int seed = 0; seed < 5; seed++) {
      Map<String, Long> counts = counts(seed, 300);
      for (long minimum : new long[] {1, 2, 7, 30, 200, 100_000}) {
        assertThat(VocabularySearch.subwords(counts, minimum))
            .as("seed %d, minimum %d", seed, minimum)
            .startsWith("<pad>_", "<EOS>_")
            .endsWith(PlainVocabularySearch.subwords(counts, minimum, 4).toArray(String[]::new));
      }
    }
  }

  @Test
  void theSizeIsMetAsNearlyAsItCanBe() {
    Map<String, Long> counts = counts(1, 3000);
    for (int size : new int[] {100, 400, 1500}) {
      assertThat(VocabularySearch.of(counts, size).size())
          .isBetween((int) (size * 0.9), (int) (size * 1.1));
    }
    int alphabet = VocabularySearch.of(counts, 1).size();
    assertThat(alphabet).as("the alphabet and what is as frequent").isLessThan(60);
  }

  @Test
  void theOrderOfTheTokensDoesNotMatter() {
    Map<String, Long> counts = counts(2, 500);
    List<String> reversed = new ArrayList<>(counts.keySet());
    java.util.Collections.reverse(reversed);
    Map<String, Long> otherwise = new LinkedHashMap<>();
    reversed.forEach(token -> otherwise.put(token, counts.get(token)));
    assertThat(VocabularySearch.of(otherwise, 200).sha256())
        .isEqualTo(VocabularySearch.of(counts, 200).sha256());
  }

  @Test
  void aLargeTextIsSearchedBeyondTheFirstBounds() {
    Map<String, Long> counts = new HashMap<>();
    counts(3, 3000).forEach((token, count) -> counts.put(token, count * 10_000));
    assertThat(VocabularySearch.of(counts, 300).size()).isBetween(270, 330);
  }

  @Test
  void supplementaryCharactersStayWhole() {
    String face = "\uD83D\uDE00";
    String other = "\uD83D\uDE01";
    Vocabulary vocabulary = Vocabularies.of(1, (face + other + " ").repeat(50), "\uD800");
    assertThat(subwords(vocabulary)).contains(face, other).doesNotContain("\uD83D", "\uD800");
    assertThat(new SubwordDecoder(vocabulary).decode(new SubwordEncoder(vocabulary).encode(other)))
        .isEqualTo(other);
  }

  @Test
  void aLongTokenIsNotSearchedToItsEnd() {
    Vocabulary vocabulary = Vocabularies.of(100, "a".repeat(20_000) + " b");
    assertThat(subwords(vocabulary)).allMatch(s -> s.length() <= CandidateSubwords.LONGEST);
  }

  @Test
  void noTextAndNoSizeAreRefused() {
    assertThatThrownBy(() -> VocabularySearch.of(Map.of(), 100))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot build a vocabulary: the text has no token; give text with at least one character.");
    assertThatThrownBy(() -> VocabularySearch.of(Map.of("a", 1L), 0))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot build a vocabulary of 0 subwords: the size must be at least 1; 32768 is usual.");
  }
}
