package org.espalier.wmt14;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.espalier.base.Refusal;
import org.espalier.datasets.prepare.TaskJob;

/**
 * A Spark job that reads all text once: whether it is UTF-8, how many sentences there are, and
 * where files can be entered. A file under gzip is one task, another one a task per range.
 */
final class TextScan {
  private final JavaSparkContext spark;
  private final long bytesPerRange;

  TextScan(JavaSparkContext spark, long bytesPerRange) {
    this.spark = spark;
    this.bytesPerRange = bytesPerRange;
  }

  /**
   * The pairs of each split.
   *
   * @throws Refusal if a line is no text, two files differ in length, or a split has no pair
   */
  SortedMap<String, ParallelText> run(SortedMap<String, ParallelFiles> splits) throws IOException {
    List<TextFile> files =
        splits.values().stream()
            .flatMap(split -> Stream.concat(split.sources().stream(), split.targets().stream()))
            .distinct()
            .toList();
    List<ScannedRange> scanned =
        new TaskJob<FileRange, ScannedRange>(
                spark, "read the text", (range, attempt, hadoop) -> ScannedRange.of(range, hadoop))
            .run(ranges(files));
    SortedMap<String, ParallelText> texts = new TreeMap<>();
    splits.forEach((split, of) -> texts.put(split, text(split, of, files, scanned)));
    return texts;
  }

  private List<FileRange> ranges(List<TextFile> files) {
    List<FileRange> ranges = new ArrayList<>();
    for (int file = 0; file < files.size(); file++) {
      ranges.addAll(FileRange.of(file, files.get(file), bytesPerRange));
    }
    return ranges;
  }

  private static ParallelText text(
      String split, ParallelFiles files, List<TextFile> all, List<ScannedRange> scanned) {
    List<FilePair> pairs = new ArrayList<>();
    for (int pair = 0; pair < files.sources().size(); pair++) {
      pairs.add(
          new FilePair(
              scanned(files.sources().get(pair), all, scanned),
              scanned(files.targets().get(pair), all, scanned)));
    }
    ParallelText text = new ParallelText(pairs);
    if (text.pairs() == 0) {
      throw new Refusal(
          "Cannot prepare the split %s: %s has no sentence; name files with a sentence per line."
              .formatted(split, files.sources().get(0).location()));
    }
    return text;
  }

  private static ScannedFile scanned(
      TextFile text, List<TextFile> all, List<ScannedRange> scanned) {
    int file = all.indexOf(text);
    return ScannedFile.of(text, scanned.stream().filter(range -> range.file() == file).toList());
  }
}
