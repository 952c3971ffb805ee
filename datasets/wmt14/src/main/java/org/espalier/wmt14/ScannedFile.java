package org.espalier.wmt14;

import java.io.Closeable;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.espalier.base.Refusal;
import org.espalier.text.lines.LineReader;

/**
 * A file of sentences that was read once.
 *
 * @param marks where it can be entered, in the order of its sentences
 */
record ScannedFile(TextFile text, long sentences, List<ScannedRange.Mark> marks)
    implements Serializable {

  /**
   * Puts the ranges of a file together, in their order.
   *
   * @throws Refusal if one has a flaw
   */
  static ScannedFile of(TextFile text, List<ScannedRange> ranges) {
    long sentences = 0;
    ArrayList<ScannedRange.Mark> marks = new ArrayList<>();
    for (ScannedRange range : ranges) {
      for (ScannedRange.Mark mark : range.marks()) {
        marks.add(mark.after(sentences));
      }
      sentences += range.sentences();
      if (!range.flaw().isEmpty()) {
        throw new Refusal(
            "Cannot read %s: it %s; mend or remove it in both files of the pair."
                .formatted(text.place(sentences + 1), range.flaw()));
      }
    }
    return new ScannedFile(text, sentences, List.copyOf(marks));
  }

  /** A walk that begins with the sentence before which there are {@code sentences}. */
  Walk from(long sentences, Configuration hadoop) throws IOException {
    Walk walk = open(sentences, hadoop);
    while (walk.passed < sentences) {
      walk.next();
    }
    return walk;
  }

  private Walk open(long sentences, Configuration hadoop) throws IOException {
    if (text.form() != TextFile.Form.PLAIN) {
      return new Walk(text.open(hadoop), 0);
    }
    ScannedRange.Mark mark = lastUpTo(sentences);
    return new Walk(text.openAt(mark.offset(), hadoop), mark.sentence());
  }

  private ScannedRange.Mark lastUpTo(long sentences) {
    int low = 0;
    int high = marks.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (marks.get(middle).sentence() <= sentences) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return marks.get(low);
  }

  /** The sentences of a file from a place on. */
  final class Walk implements Closeable {
    private final LineReader reader;
    private long passed;

    private Walk(LineReader reader, long passed) {
      this.reader = reader;
      this.passed = passed;
    }

    /** Goes to the next sentence, which is there. */
    void next() throws IOException {
      if (!reader.next()) {
        throw new IOException(
            "%s has %d sentences and had %d before: do not change the input while it is prepared"
                .formatted(text.location(), passed, sentences));
      }
      passed++;
    }

    String sentence() throws IOException {
      return reader.sentence();
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }
}
