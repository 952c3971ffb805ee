package org.espalier.experiment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.espalier.datasets.Dataset;
import org.espalier.datasets.SentencePairs;
import org.espalier.datasets.Split;
import org.espalier.datasets.VocabularyFile;
import org.espalier.datasets.rows.Rows;
import org.espalier.datasets.shards.RowGroupCache;
import org.espalier.datasets.shards.SplitRows;
import org.espalier.results.TranslatedSentence;
import org.espalier.tasks.translation.SentencePair;
import org.espalier.text.subwords.SubwordDecoder;
import org.espalier.text.subwords.Vocabulary;

/**
 * The sentences of a test split, to be translated. References are the texts of their subwords,
 * which are those that were prepared, since subwords lose nothing.
 *
 * @param pairs the first ones of the split
 * @param decoder from subwords to text
 * @param search by which they are translated
 */
record TestTranslations(List<SentencePair> pairs, SubwordDecoder decoder, SentenceSearch search) {
  /**
   * The sentences of a dataset's test split.
   *
   * @throws org.espalier.base.Refusal if its vocabulary is missing or another one
   */
  static TestTranslations of(Dataset data, SentenceSearch search, Configuration hadoop) {
    VocabularyFile file = VocabularyFile.of(data, hadoop);
    Vocabulary vocabulary = Vocabulary.parse(file.content(), file.name());
    return new TestTranslations(
        pairs(data, search.sentences(), hadoop), new SubwordDecoder(vocabulary), search);
  }

  private static List<SentencePair> pairs(Dataset data, int most, Configuration hadoop) {
    SplitRows split =
        new SplitRows(data, Split.TEST, SentencePairs.of(data), RowGroupCache.ofProcess(), hadoop);
    List<SentencePair> pairs = new ArrayList<>();
    try {
      for (int group = 0; group < split.index().groups() && pairs.size() < most; group++) {
        Rows rows = split.group(group);
        for (int row = 0; row < rows.count(); row++) {
          pairs.addAll(SentencePair.of(rows, row));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return pairs.subList(0, Math.min(most, pairs.size()));
  }

  /** Their translations at each of a network's operating points. */
  List<PointTranslations> by(JavaSparkContext spark, EvaluatedNetwork network) {
    List<int[]> sources = pairs.stream().map(SentencePair::source).toList();
    List<List<int[]>> translated =
        new ClusterTranslation(network, search.scorer(), search.beam()).of(spark, sources);
    return IntStream.range(0, translated.size())
        .mapToObj(
            point ->
                new PointTranslations(
                    texts(network.points().get(point).threshold(), translated.get(point))))
        .toList();
  }

  private List<TranslatedSentence> texts(OptionalDouble threshold, List<int[]> translated) {
    return IntStream.range(0, pairs.size())
        .mapToObj(
            i ->
                new TranslatedSentence(
                    threshold,
                    i,
                    decoder.decode(pairs.get(i).source()),
                    decoder.decode(pairs.get(i).target()),
                    decoder.decode(translated.get(i))))
        .toList();
  }
}
