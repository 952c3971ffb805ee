package org.espalier.wmt14;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.espalier.datasets.RowRange;

/** The sentence pairs of some files, numbered from 0 through all of them in their order. */
record ParallelText(List<FilePair> files) implements Serializable {

  /** Takes pairs. */
  @FunctionalInterface
  interface PairSink {
    void accept(long number, String source, String target) throws IOException;
  }

  ParallelText {
    files = List.copyOf(files);
  }

  long pairs() {
    return files.stream().mapToLong(FilePair::pairs).sum();
  }

  /** Hands the pairs of a range to a sink, in their order. */
  void read(RowRange range, Configuration hadoop, PairSink sink) throws IOException {
    long first = 0;
    for (FilePair file : files) {
      long from = Math.max(range.from(), first) - first;
      long to = Math.min(range.to() - first, file.pairs());
      if (from < to) {
        read(file, from, to, first, hadoop, sink);
      }
      first += file.pairs();
    }
  }

  /** The places of a pair's sentences in their files, for people. */
  String place(long number) {
    long first = 0;
    for (FilePair file : files) {
      if (number < first + file.pairs()) {
        long line = number - first + 1;
        return "%s with %s"
            .formatted(file.source().text().place(line), file.target().text().location());
      }
      first += file.pairs();
    }
    throw new IndexOutOfBoundsException("There is no pair " + number + " of " + pairs());
  }

  private static void read(
      FilePair file, long from, long to, long first, Configuration hadoop, PairSink sink)
      throws IOException {
    try (ScannedFile.Walk source = file.source().from(from, hadoop);
        ScannedFile.Walk target = file.target().from(from, hadoop)) {
      for (long pair = from; pair < to; pair++) {
        source.next();
        target.next();
        sink.accept(first + pair, source.sentence(), target.sentence());
      }
    }
  }
}
