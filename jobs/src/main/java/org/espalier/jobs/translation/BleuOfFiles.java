package org.espalier.jobs.translation;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.espalier.base.Refusal;
import org.espalier.jobs.shell.CommandRunner;
import org.espalier.jobs.shell.Console;
import org.espalier.jobs.shell.Job;
import org.espalier.text.scores.Bleu;
import org.espalier.text.scores.Chrf;
import org.espalier.text.scores.Tokenisation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Translations in a file beside their references in another, without Spark. */
@Command(
    name = "bleu",
    description = {
      "Scores translations by BLEU and chrF2 against one reference each, case-sensitively.",
      "",
      "Ways to count words for BLEU: none (tokenised text as it is), 13a and intl give the scores of"
          + " sacreBLEU 2.6.0; multi-bleu (tokenised text as it is) gives those of"
          + " multi-bleu.perl; moses-de and moses-en tokenise both files by Moses and split compounds;"
          + " paper does so with German translations and takes the reference as tokenised, as the"
          + " paper does with newstest2014.tok.de."
    },
    mixinStandardHelpOptions = true)
public final class BleuOfFiles extends Job {
  @Option(
      names = "--reference",
      paramLabel = "FILE",
      required = true,
      description = "Lines of what should have come out, in UTF-8; plain, or *.gz.")
  private Path reference;

  @Option(
      names = "--hypothesis",
      paramLabel = "FILE",
      required = true,
      description = "Lines of what came out, as many; plain, or *.gz.")
  private Path hypothesis;

  @Option(
      names = "--tokenize",
      paramLabel = "WAY",
      defaultValue = "13a",
      description =
          "How words are counted: none, 13a, intl, multi-bleu, moses-de, moses-en or paper (default:"
              + " ${DEFAULT-VALUE}).")
  private String tokenise;

  /** Starts the job by itself. */
  public static void main(String[] arguments) {
    CommandRunner.exit(new BleuOfFiles(), arguments);
  }

  @Override
  protected Map<String, Object> run(Console console) {
    Tokenisation tokenisation = Tokenisation.named(tokenise);
    List<String> wanted = TextLines.of(reference);
    List<String> given = TextLines.of(hypothesis);
    requirePairs(wanted, given);
    Bleu bleu = new Bleu(tokenisation);
    Chrf chrf = new Chrf();
    for (int i = 0; i < given.size(); i++) {
      bleu.add(given.get(i), wanted.get(i));
      chrf.add(given.get(i), wanted.get(i));
    }
    console.result(bleu.score().toString());
    console.result(bleu.signature());
    console.result(String.format(Locale.ROOT, "chrF2 = %.2f", chrf.value()));
    console.result(chrf.signature());
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("bleu", bleu.score().value());
    values.put("signature", bleu.signature());
    values.put("chrf", chrf.value());
    values.put("chrfSignature", chrf.signature());
    values.put("sentences", given.size());
    return values;
  }

  private void requirePairs(List<String> wanted, List<String> given) {
    if (wanted.size() != given.size()) {
      throw new Refusal(
          "Cannot score %s: it has %d lines where %s has %d; give files whose lines belong together."
              .formatted(hypothesis, given.size(), reference, wanted.size()));
    }
    if (given.isEmpty()) {
      throw new Refusal(
          "Cannot score %s: it and %s are empty; give files with a sentence per line."
              .formatted(hypothesis, reference));
    }
  }
}
