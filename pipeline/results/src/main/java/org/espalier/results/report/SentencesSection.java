package org.espalier.results.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.espalier.results.SampleTranslations;
import org.espalier.results.TranslatedSentence;

/** Sentences with their references and what each run made of them. */
final class SentencesSection {
  private static final String REFERENCE = "Reference";

  private SentencesSection() {}

  /** The section; nothing where no run translates. */
  static String of(List<SampleTranslations> samples) {
    if (samples.isEmpty()) {
      return "";
    }
    Markup html = new Markup().open("section", "class", "sentences").element("h2", "Sentences");
    html.element(
        "p",
        "The first sentences of the test split, and what each run's first operating point makes of"
            + " them.",
        "class",
        "summary");
    bySource(samples)
        .forEach(
            (source, versions) -> {
              html.element("h3", source).open("dl");
              versions.forEach((who, text) -> html.element("dt", who).element("dd", text));
              html.close("dl");
            });
    return html.close("section").toString();
  }

  /** For each sentence its reference and its translations, by whose they are. */
  private static Map<String, Map<String, String>> bySource(List<SampleTranslations> samples) {
    Map<String, Map<String, String>> sentences = new LinkedHashMap<>();
    for (SampleTranslations sample : samples) {
      for (TranslatedSentence sentence : sample.sentences()) {
        Map<String, String> versions =
            sentences.computeIfAbsent(sentence.source(), source -> new LinkedHashMap<>());
        versions.putIfAbsent(REFERENCE, sentence.reference());
        versions.putIfAbsent(sample.run(), sentence.translation());
      }
    }
    return sentences;
  }
}
