package org.espalier.wmt14;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.espalier.base.Mix64;
import org.espalier.base.Refusal;
import org.espalier.datasets.Dataset;
import org.espalier.datasets.SentencePairs;
import org.espalier.datasets.Split;
import org.espalier.datasets.VocabularyFile;
import org.espalier.wmt14.PreparedSentences.Texts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreparePairsTest {
  private static final Configuration HADOOP = new Configuration();

  @TempDir private Path folder;

  private String file(String name, String text) throws IOException {
    return file(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private String file(String name, byte[] text) throws IOException {
    return Files.write(folder.resolve(name), text).toString();
  }

  private static byte[] gzipped(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private PreparePairs job(String output, ParallelFiles train) {
    return job(output, Map.of(Split.TRAIN, train));
  }

  private PreparePairs job(String output, Map<String, ParallelFiles> splits) {
    return new PreparePairs("wmt14", splits, folder.resolve(output).toString()).size(100);
  }

  private static ParallelFiles pair(String source, String target) {
    return ParallelFiles.open(List.of(source), List.of(target), HADOOP);
  }

  private static void assertRefused(ThrowingCallable what, String sentence) {
    assertThatThrownBy(what).isInstanceOf(Refusal.class).hasMessage(sentence);
  }

  /** Sentence number {@code line} of a text of short ones. */
  private static String sentence(String word, int line) {
    return (word + " ").repeat(Mix64.below(4, 1, line)) + line + ".";
  }

  private static String text(String word, int from, int to) {
    StringBuilder text = new StringBuilder();
    for (int line = from; line < to; line++) {
      text.append(sentence(word, line)).append('\n');
    }
    return text.toString();
  }

  @Test
  void rowsDependOnNeitherShardsNorRangesNorCompression() throws IOException {
    ParallelFiles plain =
        ParallelFiles.open(
            List.of(file("a.en", text("dog", 0, 3000)), file("b.en", text("dog", 3000, 9000))),
            List.of(file("a.de", text("Hund", 0, 3000)), file("b.de", text("Hund", 3000, 9000))),
            HADOOP);
    PreparedPairs once = job("once", plain).length(40).run(LocalSpark.context());
    assertThat(once.manifest().splits().get(Split.TRAIN).shards()).hasSize(3);
    PreparedPairs ranges =
        job("ranges", plain).length(40).bytesPerRange(30_001).run(LocalSpark.context());
    assertThat(ranges.manifest().hash()).isEqualTo(once.manifest().hash());

    List<Texts> rows = PreparedSentences.at(folder.resolve("once")).rows(Split.TRAIN);
    ParallelFiles packed =
        pair(
            file("all.en", gzipped(text("dog", 0, 9000))),
            file("all.de", gzipped(text("Hund", 0, 9000))));
    PreparedPairs otherwise = job("gz", packed).length(40).shards(2).run(LocalSpark.context());
    assertThat(otherwise.manifest().splits().get(Split.TRAIN).shards()).hasSize(2);
    assertThat(otherwise.vocabulary().sha256()).isEqualTo(once.vocabulary().sha256());
    assertThat(PreparedSentences.at(folder.resolve("gz")).rows(Split.TRAIN)).isEqualTo(rows);

    List<String> sources = new ArrayList<>();
    List<String> targets = new ArrayList<>();
    for (Texts row : rows) {
      sources.addAll(row.source());
      targets.addAll(row.target());
      assertThat(row.target())
          .isEqualTo(row.source().stream().map(text -> text.replace("dog", "Hund")).toList());
    }
    assertThat(sources).hasSize(9000).containsAll(text("dog", 0, 9000).lines().toList());
    assertThat(targets).containsAll(text("Hund", 0, 9000).lines().toList());
    assertThat(rows).hasSizeLessThan(4000);
  }

  @Test
  void everyPairIsKeptOrDroppedForAReason() throws IOException {
    String source =
        file("s", "a b\n\nlong " + "word ".repeat(60) + "\none\none two three\na b c d e\nfine\n");
    String target = file("t", "A B\nX\nlang\neins zwei drei vier\n\nA B C D E\ngut\n");
    PreparedPairs prepared =
        job("cleaned", pair(source, target))
            .length(30)
            .rules(
                List.of(
                    new CleaningRule.Empty(), new CleaningRule.Ratio(3), new CleaningRule.Words(4)))
            .run(LocalSpark.context());
    SplitTally tally = prepared.tallies().get(Split.TRAIN);
    assertThat(tally.read().pairs()).isEqualTo(7);
    assertThat(tally.kept().pairs()).isEqualTo(2);
    TreeMap<String, Long> dropped = new TreeMap<>();
    tally.dropped().forEach((reason, amount) -> dropped.put(reason, amount.pairs()));
    assertThat(dropped).isEqualTo(new TreeMap<>(Map.of("empty", 2L, "ratio", 2L, "words", 1L)));

    PreparedPairs all = job("all", pair(source, target)).length(30).run(LocalSpark.context());
    SplitTally kept = all.tallies().get(Split.TRAIN);
    assertThat(kept.dropped()).containsOnlyKeys("length");
    assertThat(kept.dropped().get("length").pairs()).isEqualTo(1);
    assertThat(kept.read()).isEqualTo(tally.read());
    List<Texts> rows = PreparedSentences.at(folder.resolve("all")).rows(Split.TRAIN);
    assertThat(rows.stream().flatMap(row -> row.source().stream()))
        .containsExactlyInAnyOrder("a b", "", "one", "one two three", "a b c d e", "fine");
    assertThat(kept.rows()).isEqualTo(rows.size());
    assertThat(kept.padding()).isEqualTo(1 - kept.kept().subwords() / (60.0 * rows.size()));
  }

  @Test
  void otherSplitsHaveAPairPerRowAndNeverLoseOne() throws IOException {
    ParallelFiles train = pair(file("s", "a b\nc\n"), file("t", "A B\nC\n"));
    ParallelFiles test =
        pair(
            file(
                "test.sgm",
                "<srcset setid=\"x\"><doc docid=\"d\">\n<seg id=\"1\"> a &amp; b </seg>\n"
                    + "<SEG id=2>c\nd &lt;x&gt;</SEG>\n<seg id=\"3\"></seg></doc></srcset>\n"),
            file("test.txt", "A & B\r\nC D\n \u00A0"));
    job("tested", Map.of(Split.TRAIN, train, Split.VALIDATION, train, Split.TEST, test))
        .rules(List.of(new CleaningRule.Empty()))
        .run(LocalSpark.context());
    PreparedSentences prepared = PreparedSentences.at(folder.resolve("tested"));
    assertThat(prepared.rows(Split.TRAIN))
        .containsExactly(new Texts(List.of("a b", "c"), List.of("A B", "C")));
    assertThat(prepared.rows(Split.VALIDATION))
        .containsExactly(
            new Texts(List.of("a b"), List.of("A B")), new Texts(List.of("c"), List.of("C")));
    assertThat(prepared.rows(Split.TEST))
        .containsExactly(
            new Texts(List.of("a & b"), List.of("A & B")),
            new Texts(List.of("c d <x>"), List.of("C D")),
            new Texts(List.of(""), List.of("")));
    assertRefused(
        () ->
            job("short", Map.of(Split.TRAIN, train, Split.TEST, test))
                .length(12)
                .run(LocalSpark.context()),
        "Cannot prepare the split test: a side of a row has at most 12 subwords, and the longest pair, segment 2 of file:%s with file:%s, has 18; give a --length of at least 18, or remove the pair."
            .formatted(folder.resolve("test.sgm"), folder.resolve("test.txt")));
    assertThat(folder.resolve("short")).doesNotExist();
  }

  @Test
  void oddCharactersAndLongLinesAreText() throws IOException {
    String odd = "a\u2028b\u00A0c\td\u0000e\u0007f\rg\u0085h\uFEFF_\\";
    String source = file("s", odd + "\r\n" + "long ".repeat(200_000) + "\nlast");
    String target = file("t", odd + "\nlang\nletzte\n");
    PreparedPairs prepared = job("odd", pair(source, target)).length(100).run(LocalSpark.context());
    assertThat(prepared.tallies().get(Split.TRAIN).dropped().get("length").pairs()).isEqualTo(1);
    assertThat(PreparedSentences.at(folder.resolve("odd")).rows(Split.TRAIN))
        .containsExactly(new Texts(List.of(odd, "last"), List.of(odd, "letzte")));
  }

  @Test
  void filesThatAreNoParallelTextAreRefused() throws IOException {
    String three = file("three", "a\nb\nc");
    String two = file("two", "a\nb\n");
    assertRefused(
        () -> job("x", pair(three, two)).run(LocalSpark.context()),
        "Cannot pair file:%s with file:%s: the first has 3 lines and the second 2 lines; name two files of which each line translates the same one of the other."
            .formatted(three, two));
    byte[] bad = "a\nb\nc?\n".getBytes(StandardCharsets.UTF_8);
    bad[5] = (byte) 0xFF;
    String broken = file("broken", bad);
    assertRefused(
        () -> job("x", pair(three, broken)).bytesPerRange(3).run(LocalSpark.context()),
        "Cannot read line 3 of file:%s: it is not valid UTF-8; mend or remove it in both files of the pair."
            .formatted(broken));
    assertRefused(
        () -> pair(three, file("empty", "")),
        "Cannot read %s: it is empty; name a file with a sentence per line."
            .formatted(folder.resolve("empty")));
    byte[] whole = gzipped(text("dog", 0, 900));
    String cut = file("cut.gz", Arrays.copyOf(whole, whole.length / 2));
    assertThatThrownBy(() -> job("x", pair(three, cut)).run(LocalSpark.context()))
        .isInstanceOf(Refusal.class)
        .hasMessageMatching(
            "Cannot read line \\d+ of file:"
                + cut
                + ": it cannot be unpacked \\(Unexpected end of ZLIB input stream\\); mend or remove it in both files of the pair\\.");
    String hollow = file("hollow.gz", gzipped(""));
    assertRefused(
        () -> job("x", pair(hollow, hollow)).run(LocalSpark.context()),
        "Cannot prepare the split train: file:%s has no sentence; name files with a sentence per line."
            .formatted(hollow));
    assertRefused(
        () -> pair(three, folder.resolve("nowhere").toString()),
        "Cannot read %s: there is no such file; check the path."
            .formatted(folder.resolve("nowhere")));
    assertRefused(
        () -> ParallelFiles.open(List.of(two, three), List.of(two), HADOOP),
        "Cannot pair 2 files of source sentences with 1 of target sentences: there must be as many, and one at least; name them in the same order.");
    assertRefused(
        () -> job("x", pair(two, two)).shards(2).run(LocalSpark.context()),
        "Cannot prepare wmt14 as 2 shards: its training text has 2 pairs, which are dealt in blocks of 4096; choose 1 to 1 shards.");
    assertRefused(
        () -> job("x", pair(two, two)).length(1).run(LocalSpark.context()),
        "Cannot prepare wmt14: every pair of its training text was dropped; loosen the rules for dropping pairs, or give a larger --length than 1.");
    assertThat(folder.resolve("x")).doesNotExist();
  }

  @Test
  void theVocabularyOfADatasetIsCheckedWhenItIsRead() throws IOException {
    ParallelFiles train = pair(file("s", "a b\nc\n"), file("t", "A B\nC\n"));
    PreparedPairs prepared = job("v", train).run(LocalSpark.context());
    Dataset dataset = Dataset.open(folder.resolve("v").toString(), HADOOP);
    assertThat(VocabularyFile.of(dataset, HADOOP).content())
        .isEqualTo(prepared.vocabulary().file());
    assertThat(VocabularyFile.of(dataset, HADOOP).sha256())
        .isEqualTo(SentencePairs.of(dataset).vocabulary());
    job("again", train).vocabulary(prepared.vocabulary()).run(LocalSpark.context());
    assertThat(Dataset.open(folder.resolve("again").toString(), HADOOP).hash())
        .isEqualTo(dataset.hash());

    Path file = folder.resolve("v/vocabulary.subwords");
    Files.writeString(file, "'<pad>_'\n");
    assertThatThrownBy(() -> VocabularyFile.of(dataset, HADOOP))
        .isInstanceOf(Refusal.class)
        .hasMessageStartingWith("Cannot use the vocabulary file:" + file + ": its SHA-256 is ")
        .hasMessageEndingWith(
            prepared.vocabulary().sha256()
                + " belongs to the data; restore the file or prepare the dataset again.");
    Files.delete(file);
    assertRefused(
        () -> VocabularyFile.of(dataset, HADOOP),
        "Cannot use the vocabulary file:%s: it is missing; restore the file or prepare the dataset again."
            .formatted(file));
  }
}
