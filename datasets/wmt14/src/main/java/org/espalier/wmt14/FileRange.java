package org.espalier.wmt14;

import java.io.Closeable;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.espalier.text.lines.LineReader;

/**
 * The sentences that begin at the bytes {@code from} to {@code to} of a file: what a task reads of
 * it.
 *
 * @param file in which it lies, by its number among all
 * @param to exclusive; of a file that cannot be entered anywhere, beyond every byte
 */
record FileRange(int file, TextFile text, long from, long to) implements Serializable {

  /** The ranges of a file of about {@code bytes} bytes each, or the only one. */
  static List<FileRange> of(int file, TextFile text, long bytes) {
    if (text.form() != TextFile.Form.PLAIN) {
      return List.of(new FileRange(file, text, 0, Long.MAX_VALUE));
    }
    List<FileRange> ranges = new ArrayList<>();
    for (long from = 0; from < text.bytes(); from += bytes) {
      ranges.add(new FileRange(file, text, from, Math.min(from + bytes, text.bytes())));
    }
    return ranges;
  }

  /** The sentences, one after the other. */
  Lines open(Configuration hadoop) throws IOException {
    if (from == 0) {
      return new Lines(text.open(hadoop), 0, to);
    }
    LineReader reader = text.openAt(from - 1, hadoop);
    Lines lines = new Lines(reader, from - 1, to);
    // What is left of the sentence before, or its end alone.
    lines.next();
    return lines;
  }

  /** A walk over sentences that ends with its range. */
  static final class Lines implements Closeable {
    private final LineReader reader;
    private final long origin;
    private final long end;

    Lines(LineReader reader, long origin, long end) {
      this.reader = reader;
      this.origin = origin;
      this.end = end;
    }

    boolean next() throws IOException {
      return offset() < end && reader.next();
    }

    /** The byte of the file at which the next sentence begins. */
    long offset() {
      return origin + reader.consumed();
    }

    LineReader line() {
      return reader;
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }
}
