package org.espalier.wmt14;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.espalier.datasets.Dataset;
import org.espalier.datasets.SentencePairs;
import org.espalier.datasets.SentencePairs.Side;
import org.espalier.datasets.VocabularyFile;
import org.espalier.datasets.rows.Rows;
import org.espalier.datasets.shards.RowGroupCache;
import org.espalier.datasets.shards.SplitRows;
import org.espalier.text.subwords.SubwordDecoder;
import org.espalier.text.subwords.Vocabulary;

/** What a dataset holds, as somebody reads it who knows nothing of how it was made. */
record PreparedSentences(Dataset dataset) {
  /** A row: the texts of its sentences. */
  record Texts(List<String> source, List<String> target) {}

  static PreparedSentences at(Path folder) throws IOException {
    Dataset dataset = Dataset.open(folder.toString(), new Configuration());
    dataset.verify(new Configuration());
    return new PreparedSentences(dataset);
  }

  List<Texts> rows(String split) throws IOException {
    Configuration hadoop = new Configuration();
    VocabularyFile file = VocabularyFile.of(dataset, hadoop);
    SubwordDecoder decoder = new SubwordDecoder(Vocabulary.parse(file.content(), file.name()));
    SplitRows rows =
        new SplitRows(
            dataset, split, SentencePairs.of(dataset), new RowGroupCache(1 << 20), hadoop);
    List<Texts> texts = new ArrayList<>();
    for (int group = 0; group < rows.index().groups(); group++) {
      Rows some = rows.group(group);
      for (int row = 0; row < some.count(); row++) {
        texts.add(
            new Texts(
                sentences(some, row, Side.SOURCE, decoder),
                sentences(some, row, Side.TARGET, decoder)));
      }
    }
    return texts;
  }

  private static List<String> sentences(Rows rows, int row, Side side, SubwordDecoder decoder) {
    int[] ids = side.ids(rows).at(row);
    int[] segments = side.segments(rows).at(row);
    List<String> sentences = new ArrayList<>();
    int at = 0;
    while (at < ids.length) {
      int begin = at;
      while (at < ids.length && segments[at] == segments[begin]) {
        at++;
      }
      if (segments[begin] > 0) {
        assertThat(ids[at - 1]).isEqualTo(Vocabulary.END_OF_SENTENCE);
        sentences.add(decoder.decode(Arrays.copyOfRange(ids, begin, at)));
      }
    }
    return sentences;
  }
}
