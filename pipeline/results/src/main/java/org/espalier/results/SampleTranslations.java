package org.espalier.results;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Some sentences that a run translated, for people to read.
 *
 * @param run its name
 * @param sentences the first ones of the test split, at its first operating point
 */
public record SampleTranslations(String run, List<TranslatedSentence> sentences) {
  private static final int SENTENCES = 8;

  /**
   * Those of all runs whose results are read from a place, in the order of their paths; none where
   * runs translate nothing.
   *
   * @throws org.espalier.base.Refusal as {@link ResultsTable#read}, or if a file of translations is
   *     damaged
   */
  public static List<SampleTranslations> read(Path location, Configuration hadoop) {
    List<SampleTranslations> samples = new ArrayList<>();
    for (Path results : new ResultsTree(location, hadoop).files()) {
      Path folder = results.getParent();
      if (hasTranslations(folder, hadoop)) {
        String run = ResultsFile.read(results, hadoop).get(0).run().name();
        samples.add(new SampleTranslations(run, TranslationsFile.first(folder, SENTENCES, hadoop)));
      }
    }
    return samples;
  }

  private static boolean hasTranslations(Path folder, Configuration hadoop) {
    Path file = new Path(folder, TranslationsFile.NAME);
    try {
      return file.getFileSystem(hadoop).exists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
