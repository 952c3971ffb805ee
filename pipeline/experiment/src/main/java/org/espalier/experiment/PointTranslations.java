package org.espalier.experiment;

import java.util.List;
import java.util.Map;
import org.espalier.base.Metric;
import org.espalier.base.Metric.Direction;
import org.espalier.results.TranslatedSentence;
import org.espalier.text.scores.Bleu;
import org.espalier.text.scores.Chrf;
import org.espalier.text.scores.Tokenisation;

/**
 * Translations by a network at one operating point.
 *
 * @param sentences in the order of the test split
 */
record PointTranslations(List<TranslatedSentence> sentences) {
  /** BLEU of the test split. */
  static final Metric BLEU = new Metric("bleu", Metric.POINTS, Direction.HIGHER);

  /** chrF2 of the test split. */
  static final Metric CHRF = new Metric("chrf", Metric.POINTS, Direction.HIGHER);

  private static final Tokenisation WORDS = Tokenisation.MTEVAL_13A;

  /** What {@link #BLEU} depends on. */
  static String signature() {
    return new Bleu(WORDS).signature();
  }

  /** The scores of all sentences. */
  Map<Metric, Double> metrics() {
    Bleu bleu = new Bleu(WORDS);
    Chrf chrf = new Chrf();
    for (TranslatedSentence sentence : sentences) {
      bleu.add(sentence.translation(), sentence.reference());
      chrf.add(sentence.translation(), sentence.reference());
    }
    return Map.of(BLEU, bleu.score().value(), CHRF, chrf.value());
  }
}
