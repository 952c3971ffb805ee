package org.espalier.wmt14;

import java.io.EOFException;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipException;
import org.apache.hadoop.conf.Configuration;
import org.espalier.base.Reason;
import org.espalier.text.lines.InvalidLineException;

/**
 * What a range of a file was found to be.
 *
 * @param file by its number among all
 * @param sentences read, up to a flaw
 * @param marks where sentences begin by which the range can be entered
 * @param flaw of the sentence after the last one, which completes "line 7 ...", or empty
 */
record ScannedRange(int file, long sentences, List<Mark> marks, String flaw)
    implements Serializable {
  private static final int SENTENCES_PER_MARK = 1024;

  /**
   * The beginning of a sentence.
   *
   * @param sentence how many are before it
   * @param offset its first byte in the file
   */
  record Mark(long sentence, long offset) implements Serializable {
    Mark after(long sentences) {
      return new Mark(sentences + sentence, offset);
    }
  }

  /** Reads a range. */
  static ScannedRange of(FileRange range, Configuration hadoop) throws IOException {
    List<Mark> marks = new ArrayList<>();
    long sentences = 0;
    try (FileRange.Lines lines = range.open(hadoop)) {
      for (long begin = lines.offset(); lines.next(); begin = lines.offset()) {
        lines.line().text();
        if (sentences % SENTENCES_PER_MARK == 0) {
          marks.add(new Mark(sentences, begin));
        }
        sentences++;
      }
      return new ScannedRange(range.file(), sentences, marks, "");
    } catch (InvalidLineException e) {
      return new ScannedRange(range.file(), sentences, marks, e.reason());
    } catch (ZipException | EOFException e) {
      String flaw = "cannot be unpacked (%s)".formatted(Reason.of(e));
      return new ScannedRange(range.file(), sentences, marks, flaw);
    }
  }
}
