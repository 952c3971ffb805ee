package org.espalier.text.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Lines beside what Moses' scripts of October 2018 make of them. */
class MosesTokeniserTest {
  private final Tokeniser english = new MosesTokeniser(Language.ENGLISH);
  private final Tokeniser german = new MosesTokeniser(Language.GERMAN);

  @Test
  void englishApostrophesStayWithWhatFollows() {
    assertThat(english.tokenise("Mr. Smith's 1990's dog isn't 'here'."))
        .isEqualTo("Mr. Smith &apos;s 1990 &apos;s dog isn &apos;t &apos; here &apos; .");
    assertThat(english.tokenise("He said 'no.'")).isEqualTo("He said &apos; no . &apos; ");
  }

  @Test
  void germanApostrophesStandAlone() {
    assertThat(german.tokenise("Am 3. Mai kam Dr. Meier's Hund."))
        .isEqualTo("Am 3. Mai kam Dr. Meier &apos; s Hund .");
  }

  @Test
  void commasBetweenDigitsSplitNothing() {
    assertThat(english.tokenise("It costs 5,300.50, or 7,x and 9,"))
        .isEqualTo("It costs 5,300.50 , or 7 , x and 9 ,");
  }

  @Test
  void fullStopsStayWithAbbreviationsAndInFrontOfLowerCase() {
    assertThat(english.tokenise("See No. 5, No. Five, e.g. this."))
        .isEqualTo("See No. 5 , No . Five , e.g. this .");
    assertThat(english.tokenise("well-known words. lower Upper. Next"))
        .isEqualTo("well-known words. lower Upper . Next");
    assertThat(german.tokenise("Das kostet z.B. 3,5 Mio. Euro usw. und mehr..."))
        .isEqualTo("Das kostet z.B. 3,5 Mio. Euro usw. und mehr ...");
    assertThat(german.tokenise("Er ist 10.")).isEqualTo("Er ist 10.");
  }

  @Test
  void whatMosesGivesAMeaningToIsEscaped() {
    assertThat(english.tokenise("Wait... what <b>[x]|&\"</b>"))
        .isEqualTo("Wait ... what &lt; b &gt; &#91; x &#93; &#124; &amp; &quot; &lt; / b &gt;");
  }

  @Test
  void blanksOfAnyScriptSeparateAndControlCharactersVanish() {
    assertThat(german.tokenise(" a\u00a0b\u2028c\u0001d\u3000")).isEqualTo("a b cd");
    assertThat(german.tokenise(" ")).isEmpty();
  }

  @Test
  void compoundsWithAHyphenAreSplit() {
    assertThat(Compounds.split("rich-text vis-à-vis a-b-c - -x"))
        .isEqualTo(
            "rich ##AT##-##AT## text vis ##AT##-##AT## à ##AT##-##AT## vis a ##AT##-##AT## b-c - -x");
  }

  @Test
  void wideCharactersBecomeThoseOfAscii() {
    assertThat(UnicodePunctuation.replace("中文，「１２」。好…（a）")).isEqualTo("中文,\"12\". 好...(a)");
  }

  @Test
  void punctuationIsWrittenTheSameWayByEverybody() {
    PunctuationNormaliser normaliser = new PunctuationNormaliser(Language.GERMAN);
    assertThat(normaliser.normalise("„Wie geht’s?“, fragte sie.\r"))
        .isEqualTo("\"Wie geht's?\", fragte sie.");
    assertThat(normaliser.normalise("( a ) : 5 % – b—c `x` ‚y‘ « z »"))
        .isEqualTo(" (a): 5% - b - c 'x' 'y' \" z \"");
    assertThat(normaliser.normalise("3\u00a0000 m, \"Das.\"")).isEqualTo("3,000 m, \"Das\".");
  }

  @Test
  void englishHasStopsInsideOfQuotationMarks() {
    PunctuationNormaliser normaliser = new PunctuationNormaliser(Language.ENGLISH);
    assertThat(normaliser.normalise("„Ja“, sagte er.")).isEqualTo("\"Ja,\" sagte er.");
    assertThat(normaliser.normalise("3\u00a0000 m, \"Das.\"")).isEqualTo("3.000 m, \"Das.\"");
  }
}
