package org.espalier.text.scores;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Eight systems of newstest2017, whose scores are known. */
class NewstestScoresTest {
  private static final Path DATA =
      Path.of(System.getProperty("espalier.data", "../../shared/data")).resolve("bleu");
  private static final double TWO_DECIMALS = 0.005;

  @BeforeAll
  static void requireData() {
    assumeTrue(Files.isDirectory(DATA), DATA + " is not there, so nothing is scored.");
  }

  private static List<String> lines(String name) throws IOException {
    Path file = DATA.resolve("newstest2017-ende").resolve(name + ".gz");
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      return List.of(new String(in.readAllBytes(), UTF_8).split("\n"));
    }
  }

  private static BleuScore score(Tokenisation tokenisation, String system) throws IOException {
    List<String> given = lines(system);
    List<String> wanted = lines("ref.de");
    assertThat(given).hasSameSizeAs(wanted);
    Bleu bleu = new Bleu(tokenisation);
    for (int i = 0; i < given.size(); i++) {
      bleu.add(given.get(i), wanted.get(i));
    }
    return bleu.score();
  }

  @Test
  void everyScoreIsThatOfSacreBleu() throws IOException {
    List<String> rows = Files.readAllLines(DATA.resolve("expected_bleu_sacrebleu-2.6.0.tsv"));
    assertThat(rows).hasSize(9);
    for (String row : rows.subList(1, rows.size())) {
      String[] cells = row.split("\t", -1);
      String system = cells[0] + ".hyp";
      assertScore(Tokenisation.NONE, system, cells[1]);
      assertScore(Tokenisation.MTEVAL_13A, system, cells[2]);
      assertScore(Tokenisation.INTERNATIONAL, system, cells[3]);
    }
  }

  private static void assertScore(Tokenisation tokenisation, String system, String expected)
      throws IOException {
    assertThat(score(tokenisation, system).value())
        .as("%s of %s", tokenisation, system)
        .isCloseTo(Double.parseDouble(expected), within(TWO_DECIMALS));
  }

  @Test
  void everyLineIsThatOfMultiBleu() throws IOException {
    List<String> rows = Files.readAllLines(DATA.resolve("expected_multi-bleu.perl.tsv"));
    assertThat(rows).hasSize(8);
    for (String row : rows) {
      String[] cells = row.split("\t", -1);
      assertThat(score(Tokenisation.MULTI_BLEU, cells[0])).hasToString(cells[1]);
    }
  }

  @Test
  void characterScoresAreThoseOfSacreBleu() throws IOException {
    Chrf chrf = new Chrf();
    List<String> given = lines("newstest2017.uedin-nmt.4722.en-de.hyp");
    List<String> wanted = lines("ref.de");
    for (int i = 0; i < given.size(); i++) {
      chrf.add(given.get(i), wanted.get(i));
    }
    assertThat(chrf.value()).isCloseTo(57.722703142284985, within(1e-9));
  }
}
