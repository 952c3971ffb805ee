package org.espalier.text.scores;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.espalier.base.Refusal;
import org.espalier.text.tokens.Compounds;
import org.espalier.text.tokens.Language;
import org.espalier.text.tokens.MosesTokeniser;
import org.espalier.text.tokens.MtevalTokenisers;
import org.espalier.text.tokens.Tokeniser;
import org.espalier.text.tokens.UnicodePunctuation;
import org.espalier.text.tokens.Words;

/** A way to count words for BLEU, with the smoothing that goes with it. */
public enum Tokenisation {
  /** Words as they are, for text that is tokenised; sacreBLEU's {@code none}. */
  NONE("none", Smoothing.EXP),
  /** sacreBLEU's {@code 13a}, for Western languages. */
  MTEVAL_13A("13a", Smoothing.EXP),
  /** sacreBLEU's {@code intl}, for any language. */
  INTERNATIONAL("intl", Smoothing.EXP),
  /** Words between blanks of ASCII, for text that is tokenised: {@code multi-bleu.perl}. */
  MULTI_BLEU("multi-bleu", Smoothing.NONE),
  /** English text as it is written, by Moses; compounds split as in {@link #PAPER}. */
  MOSES_EN("moses-en", Smoothing.NONE),
  /** German text as it is written, by Moses; compounds split as in {@link #PAPER}. */
  MOSES_DE("moses-de", Smoothing.NONE),
  /**
   * German text as Gale et al. (2019) score it, by tensor2tensor's {@code get_ende_bleu.sh}: the
   * hypothesis is tokenised by Moses after its punctuation was replaced; the reference is tokenised
   * already, by others; compounds of both are split.
   */
  PAPER("paper", Smoothing.NONE);

  private static final Tokeniser VERSION_13A = MtevalTokenisers.version13a();
  private static final Tokeniser VERSION_14 = MtevalTokenisers.international();
  private static final Tokeniser ENGLISH = new MosesTokeniser(Language.ENGLISH);
  private static final Tokeniser GERMAN = new MosesTokeniser(Language.GERMAN);

  private final String label;
  private final Smoothing smoothing;

  Tokenisation(String label, Smoothing smoothing) {
    this.label = label;
    this.smoothing = smoothing;
  }

  /**
   * The way of this name.
   *
   * @throws Refusal if there is none
   */
  public static Tokenisation named(String label) {
    return Arrays.stream(values())
        .filter(way -> way.label.equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new Refusal(
                    "Cannot count words as %s: it is unknown; choose one of %s."
                        .formatted(
                            label,
                            Arrays.stream(values())
                                .map(Tokenisation::toString)
                                .collect(Collectors.joining(", ")))));
  }

  Smoothing smoothing() {
    return smoothing;
  }

  /** The words of a translation. */
  List<String> hypothesisWords(String line) {
    return switch (this) {
      case NONE -> Words.of(line);
      case MTEVAL_13A -> Words.of(VERSION_13A.tokenise(line));
      case INTERNATIONAL -> Words.of(VERSION_14.tokenise(line));
      case MULTI_BLEU -> Words.ofAscii(line);
      case MOSES_EN -> moses(ENGLISH, line);
      case MOSES_DE, PAPER -> moses(GERMAN, line);
    };
  }

  /** The words of a reference. */
  List<String> referenceWords(String line) {
    return this == PAPER ? Words.ofAscii(Compounds.split(line)) : hypothesisWords(line);
  }

  private static List<String> moses(Tokeniser tokeniser, String line) {
    String tokenised = tokeniser.tokenise(UnicodePunctuation.replace(line));
    return Words.ofAscii(Compounds.split(tokenised));
  }

  /** The name in options and signatures, such as {@code 13a}. */
  @Override
  public String toString() {
    return label;
  }
}
