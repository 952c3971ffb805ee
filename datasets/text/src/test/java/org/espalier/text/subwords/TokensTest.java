package org.espalier.text.subwords;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TokensTest {
  private static void assertTokens(String text, String... tokens) {
    assertThat(Tokens.of(text)).containsExactly(tokens);
    assertThat(Tokens.join(List.of(tokens))).isEqualTo(text);
  }

  @Test
  void runsOfLettersAndNumbersAlternateWithTheRest() {
    assertTokens("Dude - that's so cool.", "Dude", " - ", "that", "'", "s", "so", "cool", ".");
    assertTokens("3,5 Äpfel", "3", ",", "5", "Äpfel");
    assertTokens("");
  }

  @Test
  void onlyASingleSpaceBetweenRunsIsLeftOut() {
    assertTokens("a b", "a", "b");
    assertTokens("a  b", "a", "  ", "b");
    assertTokens(" a ", " ", "a", " ");
    assertTokens(" ", " ");
    assertTokens("a\tb", "a", "\t", "b");
    assertTokens("a\u00A0b\u2028c", "a", "\u00A0", "b", "\u2028", "c");
  }

  @Test
  void categoriesAreThoseOfUnicode() {
    assertTokens("x\u0660\u0967\u216B\u00BD", "x\u0660\u0967\u216B\u00BD");
    assertTokens("日本語", "日本語");
    // A combining mark (Mn) is no letter, so it splits what people see as one word.
    assertTokens("e\u0301a", "e", "\u0301", "a");
    assertTokens("a_b", "a", "_", "b");
    assertTokens("a\u0000\uFEFFb", "a", "\u0000\uFEFF", "b");
  }

  @Test
  void supplementaryCharactersAreJudgedWhole() {
    String letter = "\uD835\uDC00"; // U+1D400, a mathematical letter
    String face = "\uD83D\uDE00"; // U+1F600, a symbol
    assertTokens("a" + letter + face + letter, "a" + letter, face, letter);
  }

  @Test
  void halvesOfPairsAndUnassignedCharactersAreNoLetters() {
    assertTokens("a\uD800b\uDC00", "a", "\uD800", "b", "\uDC00");
    assertTokens("a\u0378b", "a", "\u0378", "b");
    // A letter since Unicode 14; Java 17 has the tables of Unicode 13.
    assertTokens("a\u0870b", "a", "\u0870", "b");
  }
}
