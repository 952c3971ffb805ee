package org.espalier.experiment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.espalier.base.Mix64;
import org.espalier.datasets.DatasetLayout;
import org.espalier.datasets.RowRange;
import org.espalier.datasets.SentencePairs;
import org.espalier.datasets.SentencePairs.Packed;
import org.espalier.datasets.Split;
import org.espalier.datasets.prepare.PrepareDataset;
import org.espalier.datasets.source.RowSink;
import org.espalier.datasets.source.RowSource;
import org.espalier.text.subwords.SubwordEncoder;
import org.espalier.text.subwords.Vocabulary;

/**
 * Sentences of drawn words, which are translated word by word; two pairs in every row.
 *
 * @param file of the vocabulary of both languages
 */
record GeneratedPairs(String file) implements RowSource {
  private static final int LENGTH = 16;
  private static final List<String> ENGLISH = List.of("one", "two", "red", "cat");
  private static final List<String> GERMAN = List.of("eins", "zwei", "rot", "Katze");
  private static final int WORDS = 4;

  /** Prepares pairs whose vocabulary has these subwords beside those that it must have. */
  static void prepare(JavaSparkContext spark, Path folder, String... more) throws IOException {
    StringBuilder lines = new StringBuilder("'<pad>_'\n'<EOS>_'\n");
    List<String> subwords = new ArrayList<>(List.of(more));
    ENGLISH.forEach(word -> subwords.add(word + "_"));
    GERMAN.forEach(word -> subwords.add(word + "_"));
    "<>abcdeiKnoprstwzuEOS0123456789\\_;".chars().forEach(c -> subwords.add(Character.toString(c)));
    subwords.forEach(subword -> lines.append('\'').append(subword).append("'\n"));
    new PrepareDataset(spark, new GeneratedPairs(lines.toString()), folder.toString())
        .shards(2)
        .rowsPerRowGroup(20)
        .run();
    Files.writeString(folder.resolve(DatasetLayout.VOCABULARY), lines);
  }

  private Vocabulary vocabulary() {
    return Vocabulary.parse(file.getBytes(StandardCharsets.UTF_8), "drawn");
  }

  @Override
  public String name() {
    return "drawn-pairs";
  }

  @Override
  public SentencePairs kind() {
    return new SentencePairs(LENGTH, vocabulary().size(), vocabulary().sha256());
  }

  @Override
  public SortedMap<String, Long> rows() {
    return new TreeMap<>(Map.of(Split.TRAIN, 400L, Split.TEST, 6L));
  }

  @Override
  public void read(String split, RowRange range, Configuration hadoop, RowSink sink)
      throws IOException {
    SentencePairs kind = kind();
    SubwordEncoder encoder = new SubwordEncoder(vocabulary());
    for (long row = range.from(); row < range.to(); row++) {
      long key = Mix64.key(Mix64.of(split), row);
      sink.accept(kind.row(packed(ENGLISH, key, encoder), packed(GERMAN, key, encoder)));
    }
  }

  private static Packed packed(List<String> words, long key, SubwordEncoder encoder) {
    int[] first = encoder.sentence(sentence(words, Mix64.key(key, 1)));
    int[] second = encoder.sentence(sentence(words, Mix64.key(key, 2)));
    int length = first.length + second.length;
    int[] ids = new int[length];
    int[] segments = new int[length];
    int[] positions = new int[length];
    for (int i = 0; i < length; i++) {
      boolean in = i < first.length;
      ids[i] = in ? first[i] : second[i - first.length];
      segments[i] = in ? 1 : 2;
      positions[i] = in ? i : i - first.length;
    }
    return new Packed(ids, segments, positions);
  }

  private static String sentence(List<String> words, long key) {
    List<String> drawn = new ArrayList<>();
    for (int i = 0; i < WORDS; i++) {
      drawn.add(words.get((int) Long.remainderUnsigned(Mix64.at(key, i), words.size())));
    }
    return String.join(" ", drawn);
  }
}
