package org.espalier.text.tokens;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Multi30k's published files: lower case, then punctuation normalised, then tokenised by Moses. */
class Multi30kTokensTest {
  private static final Path DATA =
      Path.of(System.getProperty("espalier.data", "../../shared/data")).resolve("multi30k");

  @ParameterizedTest
  @CsvSource({"val,ENGLISH", "val,GERMAN", "test_2016_flickr,ENGLISH", "test_2016_flickr,GERMAN"})
  void everyLineIsThatOfThePublishedFile(String split, Language language) throws IOException {
    assumeTrue(Files.isDirectory(DATA), DATA + " is not there, so nothing is compared.");
    PunctuationNormaliser normaliser = new PunctuationNormaliser(language);
    Tokeniser tokeniser = new MosesTokeniser(language);
    List<String> tokenised =
        raw(split + "." + language.code()).stream()
            .map(line -> line.toLowerCase(Locale.ROOT))
            .map(normaliser::normalise)
            .map(tokeniser::tokenise)
            .toList();
    Path published = DATA.resolve(split + ".lc.norm.tok." + language.code());
    assertThat(tokenised).isEqualTo(Files.readAllLines(published)).hasSizeGreaterThan(900);
  }

  private static List<String> raw(String name) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(DATA.resolve(name + ".gz")))) {
      return List.of(new String(in.readAllBytes(), UTF_8).split("\n"));
    }
  }
}
