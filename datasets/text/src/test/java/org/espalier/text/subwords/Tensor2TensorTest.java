package org.espalier.text.subwords;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.espalier.text.lines.LineReader;
import org.junit.jupiter.api.Test;

/** The real vocabulary of tensor2tensor, and real text. */
class Tensor2TensorTest {
  private static final Path DATA = Path.of(System.getProperty("espalier.data", "data"));

  private static Path data(String name) {
    Path path = DATA.resolve(name);
    assumeTrue(
        Files.exists(path),
        () -> "There is no %s; -Despalier.data=FOLDER names it.".formatted(path));
    return path;
  }

  private static List<String> lines(String name) throws IOException {
    List<String> lines = new ArrayList<>();
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(data(name)));
        LineReader reader = new LineReader(name.endsWith(".gz") ? new GZIPInputStream(raw) : raw)) {
      while (reader.next()) {
        lines.add(reader.text());
      }
    }
    return lines;
  }

  @Test
  void everyLineHasTheNumbersOfTensor2TensorAndComesBack() throws IOException {
    Path file = data("t2t/vocab.translate_ende_wmt32k.32768.subwords");
    Vocabulary vocabulary = Vocabulary.parse(Files.readAllBytes(file), "t2t");
    assertThat(vocabulary.size()).isEqualTo(33_708);
    SubwordEncoder encoder = new SubwordEncoder(vocabulary);
    SubwordDecoder decoder = new SubwordDecoder(vocabulary);
    List<String> lines = lines("t2t/expected_ids.translate_ende_wmt32k.tsv");
    assertThat(lines).hasSize(431);
    for (String line : lines) {
      int tab = line.lastIndexOf('\t');
      String text = line.substring(0, tab);
      int[] expected =
          Arrays.stream(line.substring(tab + 1).split(" "))
              .filter(number -> !number.isEmpty())
              .mapToInt(Integer::parseInt)
              .toArray();
      assertThat(encoder.encode(text)).as(text).isEqualTo(expected);
      assertThat(decoder.decode(expected)).isEqualTo(text);
    }
  }

  @Test
  void aVocabularyOfMulti30kEncodesItAndOtherTextWithoutLoss() throws IOException {
    List<String> training = new ArrayList<>(lines("multi30k/train.en.gz"));
    training.addAll(lines("multi30k/train.de.gz"));
    TokenCounts counts = new TokenCounts();
    training.forEach(counts::add);
    Vocabulary vocabulary = VocabularySearch.of(counts.byToken(), 8000);
    // The file that tensor2tensor's build_to_target_size writes for the same text.
    assertThat(vocabulary.sha256())
        .isEqualTo("7816feb40fad95be3a74e43e66ef47f3712fdbec4036d9fe9f150d34149aae67");
    SubwordEncoder encoder = new SubwordEncoder(vocabulary);
    SubwordDecoder decoder = new SubwordDecoder(vocabulary);
    List<String> all = new ArrayList<>(training);
    for (String name :
        List.of("val.en.gz", "val.de.gz", "test_2016_flickr.en.gz", "test_2016_flickr.de.gz")) {
      all.addAll(lines("multi30k/" + name));
    }
    for (String name : List.of("src-train", "tgt-train", "src-val", "tgt-val", "src-test")) {
      all.addAll(lines("wmt-ende-10k/" + name + ".txt"));
    }
    assertThat(all).hasSizeGreaterThan(80_000);
    for (String text : all) {
      assertThat(decoder.decode(encoder.encode(text))).isEqualTo(text);
    }
  }
}
