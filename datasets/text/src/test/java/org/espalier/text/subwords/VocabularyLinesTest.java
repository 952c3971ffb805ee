package org.espalier.text.subwords;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.espalier.base.Refusal;
import org.junit.jupiter.api.Test;

class VocabularyLinesTest {
  private static final String REMEDY =
      "; name a vocabulary as tensor2tensor or 'espalier subwords build' writes it.";

  /** A vocabulary of subwords and, behind them, the characters that it needs. */
  static Vocabulary parse(String... subwords) {
    String characters = String.join("", subwords) + Escaping.CHARACTERS;
    List<String> singles =
        characters
            .codePoints()
            .mapToObj(Character::toString)
            .distinct()
            .filter(c -> !List.of(subwords).contains(c))
            .toList();
    return Vocabulary.parse(
        (quoted(List.of(subwords)) + quoted(singles)).getBytes(StandardCharsets.UTF_8), "v");
  }

  private static String quoted(List<String> subwords) {
    return subwords.stream().map(s -> "'" + s + "'\n").collect(Collectors.joining());
  }

  private static void assertRefused(String lines, String reason) {
    assertRefused(lines.getBytes(StandardCharsets.UTF_8), reason);
  }

  private static void assertRefused(byte[] lines, String reason) {
    assertThatThrownBy(() -> Vocabulary.parse(lines, "v"))
        .isInstanceOf(Refusal.class)
        .hasMessage("Cannot use the vocabulary v: " + reason + REMEDY);
  }

  @Test
  void aFileGivesBackItsSubwordsAndItself() {
    Vocabulary built = Vocabularies.of(40, "it's a \"test\", isn't it?");
    Vocabulary read = Vocabulary.parse(built.file(), "v");
    assertThat(read.size()).isEqualTo(built.size());
    for (int id = 0; id < built.size(); id++) {
      assertThat(read.subword(id)).isEqualTo(built.subword(id));
    }
    assertThat(read.file()).isEqualTo(built.file());
    assertThat(read.sha256()).isEqualTo(built.sha256()).hasSize(64);
    assertThat(read.subword(0)).isEqualTo("<pad>_");
    assertThat(read.subword(1)).isEqualTo("<EOS>_");
  }

  @Test
  void otherSpellingsOfTensor2TensorAreRead() {
    assertThat(parse("<pad>", "<EOS>", "a").subword(2)).isEqualTo("a");
    byte[] doubly =
        new String(parse("<pad>_", "<EOS>_", "'").file(), StandardCharsets.UTF_8)
            .replace("'''", "\"'\"")
            .getBytes(StandardCharsets.UTF_8);
    assertThat(Vocabulary.parse(doubly, "v").subword(2)).isEqualTo("'");
  }

  @Test
  void lineSeparatorsOtherThanLineFeedsAreCharacters() {
    Vocabulary read = parse("<pad>_", "<EOS>_", "\u2028_", "\u0085", "\r");
    assertThat(new SubwordEncoder(read).encode("\u2028")).containsExactly(2);
  }

  @Test
  void linesThatAreNoSubwordAreRefusedWithTheirNumber() {
    assertRefused(
        "'<pad>'\n'<EOS>'\nthe_\n", "line 3 is the_ and no subword between quotation marks");
    assertRefused("'<pad>'\n'<EOS>'\n''\n", "line 3 is '' and no subword between quotation marks");
    assertRefused("'<pad>'\n'<EOS>'\n'a\n", "line 3 is 'a and no subword between quotation marks");
    assertRefused("'<pad>'\n'<EOS>'\n'a'\n'b'\n'a'\n", "line 5 is the subword of line 3 again");
    assertRefused(
        new byte[] {'\'', 'a', '\'', '\n', '\'', (byte) 0xFF, '\'', '\n'},
        "line 2 is not valid UTF-8");
  }

  @Test
  void theReservedSubwordsComeFirst() {
    assertRefused("", "line 1 is  and not '<pad>_'");
    assertRefused("'<pad>'\n'the_'\n", "line 2 is the_ and not '<EOS>_'");
  }

  @Test
  void everyCharacterIsASubwordByItself() {
    String file = new String(parse("<pad>_", "<EOS>_", "ab").file(), StandardCharsets.UTF_8);
    assertRefused(
        file.replace("'b'\n", ""),
        "the character 'b' (U+0062) is no subword by itself, so not every text can be encoded");
    assertRefused(
        file.replace("'7'\n", ""),
        "the character '7' (U+0037) is no subword by itself, so not every text can be encoded");
    assertThat(Arrays.asList(file.split("\n"))).doesNotHaveDuplicates();
  }
}
