package org.espalier.text.scores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Scores beside those of sacreBLEU 2.6.0 and multi-bleu.perl. */
class BleuTest {
  private static Bleu bleu(Tokenisation tokenisation, List<String> given, List<String> wanted) {
    Bleu bleu = new Bleu(tokenisation);
    for (int i = 0; i < given.size(); i++) {
      bleu.add(given.get(i), wanted.get(i));
    }
    return bleu;
  }

  private static double value(Tokenisation tokenisation, List<String> given, List<String> wanted) {
    return bleu(tokenisation, given, wanted).score().value();
  }

  @Test
  void ordersWithoutAMatchAreSmoothedAsSacreBleuDoes() {
    List<String> given = List.of("a b c d e f", "q");
    List<String> wanted = List.of("a b c x e f", "");
    assertThat(bleu(Tokenisation.NONE, given, wanted).score())
        .hasToString(
            "BLEU = 36.56, 71.4/60.0/25.0/16.7 (BP=1.000, ratio=1.167, hyp_len=7, ref_len=6)");
    assertThat(bleu(Tokenisation.MULTI_BLEU, given, wanted).score())
        .hasToString(
            "BLEU = 0.00, 71.4/60.0/25.0/0.0 (BP=1.000, ratio=1.167, hyp_len=7, ref_len=6)");
  }

  @Test
  void translationsShorterThanTheirReferencesArePenalised() {
    BleuScore score =
        bleu(Tokenisation.NONE, List.of("the cat sat", "a b"), List.of("the cat sat on", "c d"))
            .score();
    assertThat(score)
        .hasToString(
            "BLEU = 0.00, 60.0/66.7/100.0/0.0 (BP=0.819, ratio=0.833, hyp_len=5, ref_len=6)");
    assertThat(score.brevityPenalty()).isCloseTo(Math.exp(-0.2), within(1e-15));
  }

  @Test
  void nothingRightIsZero() {
    assertThat(bleu(Tokenisation.NONE, List.of("x"), List.of("y")).score().value()).isZero();
    assertThat(bleu(Tokenisation.NONE, List.of(""), List.of("a b c d e")).score())
        .hasToString("BLEU = 0.00, 0.0/0.0/0.0/0.0 (BP=0.000, ratio=0.000, hyp_len=0, ref_len=5)");
    assertThat(new Bleu(Tokenisation.NONE).score().value()).isZero();
  }

  @Test
  void tokenisationDecides() {
    List<String> given = List.of("Ein Test, 3.5 % \"ja\"!");
    List<String> wanted = List.of("Ein Test , 3,5% „ja“!");
    assertThat(value(Tokenisation.NONE, given, wanted)).isCloseTo(10.68, within(0.005));
    assertThat(value(Tokenisation.MTEVAL_13A, given, wanted)).isCloseTo(20.16, within(0.005));
    assertThat(value(Tokenisation.INTERNATIONAL, given, wanted)).isCloseTo(21.11, within(0.005));
    assertThat(value(Tokenisation.MULTI_BLEU, given, wanted)).isZero();
  }

  @Test
  void inThePaperOnlyTheReferenceIsTokenisedAlready() {
    List<String> raw = List.of("Der Nord-Süd-Weg ist z.B. „hier“, am 3. Mai.");
    List<String> tokenised = List.of("Der Nord-Süd-Weg ist z.B. „ hier &quot; , am 3. Mai .");
    assertThat(value(Tokenisation.PAPER, raw, tokenised)).isCloseTo(100, within(1e-9));
    assertThat(value(Tokenisation.MOSES_DE, raw, raw)).isCloseTo(100, within(1e-9));
    assertThat(value(Tokenisation.MOSES_DE, raw, tokenised)).isLessThan(99);
  }

  @Test
  void signaturesSayWhatAScoreDependsOn() {
    assertThat(new Bleu(Tokenisation.MTEVAL_13A).signature())
        .isEqualTo("nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|like:sacrebleu-2.6.0");
    assertThat(new Bleu(Tokenisation.PAPER).signature())
        .isEqualTo("nrefs:1|case:mixed|eff:no|tok:paper|smooth:none|like:multi-bleu.perl");
  }

  @Test
  void chrfCountsCharactersWithoutBlanks() {
    Chrf chrf = new Chrf();
    assertThat(chrf.value()).isZero();
    chrf.add("a b c d e f", "a b c x e f");
    chrf.add("q", "");
    assertThat(chrf.value()).isCloseTo(28.055555555555557, within(1e-12));
    Chrf other = new Chrf();
    other.add("Ein Test, 3.5 % \"ja\"!", "Ein Test , 3,5% „ja“!");
    assertThat(other.value()).isCloseTo(51.02860374919198, within(1e-12));
    Chrf surrogates = new Chrf();
    surrogates.add("😀😁", "😀😂");
    assertThat(surrogates.value()).isCloseTo(25, within(1e-12));
  }
}
