package org.espalier.jobs.translation;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.espalier.base.Reason;
import org.espalier.base.Refusal;
import org.espalier.text.lines.InvalidLineException;
import org.espalier.text.lines.LineReader;

/** All lines of a text in UTF-8. */
final class TextLines {
  private static final String COMPRESSED = ".gz";

  private TextLines() {}

  /**
   * The lines of a file, which is compressed if its name ends in {@code .gz}.
   *
   * @throws Refusal if it is missing or not text in UTF-8
   */
  static List<String> of(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      boolean compressed = file.toString().endsWith(COMPRESSED);
      return of(compressed ? new GZIPInputStream(in) : in, file.toString());
    } catch (NoSuchFileException e) {
      throw new Refusal("Cannot read %s: there is no such file; name another.".formatted(file), e);
    } catch (IOException e) {
      throw new Refusal(
          "Cannot read %s: %s; give a file of lines in UTF-8, or one that gzip has compressed and named *.gz."
              .formatted(file, Reason.of(e)),
          e);
    }
  }

  /**
   * The lines of a stream, which stays open.
   *
   * @param name what to call it where it is refused
   * @throws Refusal if it is not text in UTF-8
   */
  static List<String> of(InputStream in, String name) throws IOException {
    List<String> lines = new ArrayList<>();
    try {
      LineReader reader = new LineReader(in);
      while (reader.next()) {
        lines.add(reader.text());
      }
      return lines;
    } catch (InvalidLineException e) {
      throw new Refusal(
          "Cannot read %s: line %d %s; give lines of text in UTF-8."
              .formatted(name, e.number(), e.reason()),
          e);
    }
  }
}
