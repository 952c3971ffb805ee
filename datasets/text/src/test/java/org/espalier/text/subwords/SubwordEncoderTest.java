package org.espalier.text.subwords;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SubwordEncoderTest {
  private final Vocabulary vocabulary =
      Vocabularies.of(60, "the cat sat on the mat, the cat sat", "a_b \\ 1;2", "thecat themat");
  private final SubwordEncoder encoder = new SubwordEncoder(vocabulary);
  private final SubwordDecoder decoder = new SubwordDecoder(vocabulary);

  private String escaped(String text) {
    return Arrays.stream(encoder.encode(text))
        .mapToObj(vocabulary::subword)
        .collect(Collectors.joining());
  }

  @Test
  void theLongestSubwordIsTakenFirst() {
    Vocabulary known =
        VocabularyLinesTest.parse("<pad>", "<EOS>", "the", "the_", "cat_", "he_", "thec");
    SubwordEncoder longest = new SubwordEncoder(known);
    assertThat(longest.encode("the cat")).containsExactly(3, 4);
    assertThat(longest.encode("thecat"))
        .as("greedy, so not the fewest: thec, a, t, _")
        .containsExactly(6, id(known, "a"), id(known, "t"), id(known, "_"));
    assertThat(longest.sentence("the cat")).containsExactly(3, 4, 1);
    assertThat(longest.encode("")).isEmpty();
    assertThat(longest.sentence("")).containsExactly(1);
  }

  private static int id(Vocabulary known, String subword) {
    for (int id = 0; id < known.size(); id++) {
      if (known.subword(id).equals(subword)) {
        return id;
      }
    }
    throw new AssertionError(subword);
  }

  @Test
  void whatTheAlphabetHasNotIsEscaped() {
    assertThat(escaped("é")).isEqualTo("\\233;_");
    assertThat(escaped("\uD83D\uDE00")).isEqualTo("\\128512;_");
    assertThat(escaped("\n")).isEqualTo("\\10;_");
    assertThat(escaped("_")).isEqualTo("\\u_");
    assertThat(escaped("\\")).isEqualTo("\\\\_");
  }

  @Test
  void everyTextComesBack() {
    for (String text :
        new String[] {
          "",
          " ",
          "  ",
          "\n",
          "_",
          "__",
          "\\",
          "\\u",
          "\\95;",
          "\\\\u_\\",
          "a_b_ _",
          "the  cat ",
          "\uD83D\uDE00\uD835\uDC00",
          "a\uD800b\uDC00",
          "\uDC00\uD800",
          "\u0000\u0378\uFFFF\uFFFD",
          "e\u0301\u00A0\u2028\t\r",
          "<pad>",
          "<EOS>_",
          "1;2;\\3",
          "日本語 \u0660"
        }) {
      assertThat(decoder.decode(encoder.encode(text))).isEqualTo(text);
    }
    Random random = new Random(7);
    for (int i = 0; i < 3000; i++) {
      StringBuilder text = new StringBuilder();
      for (int at = random.nextInt(20); at > 0; at--) {
        int range = new int[] {3, 128, 0x3000, Character.MAX_CODE_POINT}[random.nextInt(4)];
        text.appendCodePoint(range == 3 ? "_\\ ".charAt(random.nextInt(3)) : random.nextInt(range));
      }
      assertThat(decoder.decode(encoder.encode(text.toString()))).isEqualTo(text.toString());
    }
  }

  @Test
  void theSameTokenGivesTheSameSubwordsBeforeAndAfterItIsRemembered() {
    String text = "the cat thecat " + "x".repeat(40) + " é" + "ß".repeat(9);
    int[] first = encoder.encode(text);
    assertThat(encoder.encode(text)).isEqualTo(first);
    assertThat(new SubwordEncoder(vocabulary).encode(text)).isEqualTo(first);
  }

  @Test
  void aLongTextNeedsNoMoreThanMemory() {
    String text = "\u3042".repeat(300_000) + " cat" + "!".repeat(300_000);
    assertThat(decoder.decode(encoder.encode(text))).isEqualTo(text);
  }

  @Test
  void numbersThatNoEncoderGivesAreAText() {
    int backslash = encoder.encode("\\")[0];
    String alone = vocabulary.subword(backslash);
    assertThat(decoder.decode(0, 1, 1, 0)).isEmpty();
    assertThat(decoder.decode(numbers("\\"))).as(alone).isEqualTo("\\");
    assertThat(decoder.decode(numbers("\\", "1", "2"))).isEqualTo("\\12");
    assertThat(decoder.decode(numbers("\\", "9", "9", "9", "9", "9", "9", "9", ";")))
        .isEqualTo("\u3013");
    assertThat(decoder.decode(numbers("_", "_", "a", "_"))).isEqualTo("a");
  }

  private int[] numbers(String... subwords) {
    return Arrays.stream(subwords).mapToInt(subword -> id(vocabulary, subword)).toArray();
  }

  @Test
  void aNumberBeyondTheVocabularyIsRefused() {
    for (int id : List.of(-1, vocabulary.size())) {
      assertThatThrownBy(() -> decoder.decode(2, id))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "there is no subword %d: the vocabulary has 0 to %d"
                  .formatted(id, vocabulary.size() - 1));
    }
  }
}
