package org.espalier.text.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Lines beside what sacreBLEU 2.6.0 makes of them. */
class MtevalTokenisersTest {
  @Test
  void version13aSplitsSymbolsOfAscii() {
    assertThat(
            MtevalTokenisers.version13a()
                .tokenise("Ein Test, 3.5% „ja“ &quot;a&amp;b&quot; 1-2 c-d."))
        .isEqualTo("Ein Test , 3.5 % „ja“ \" a & b \" 1 - 2 c-d .");
    assertThat(MtevalTokenisers.version13a().tokenise("a <skipped> 5. ")).isEqualTo("a 5 .");
  }

  @Test
  void theInternationalOneSplitsPunctuationOfAnyScript() {
    assertThat(MtevalTokenisers.international().tokenise("„ja“ 3,5€ 中。 c-d &lt;"))
        .isEqualTo("„ ja “ 3,5 € 中 。 c - d & lt ;");
    assertThat(MtevalTokenisers.international().tokenise("in 1999. \u00a0")).isEqualTo("in 1999.");
  }

  @Test
  void wordsStandBetweenBlanks() {
    assertThat(Words.of(" a\u00a0b\u2028\u0085\u001cc ")).containsExactly("a", "b", "c");
    assertThat(Words.ofAscii(" a\u00a0b\u2028\tc\u000bd"))
        .containsExactly("a\u00a0b\u2028", "c", "d");
  }
}
