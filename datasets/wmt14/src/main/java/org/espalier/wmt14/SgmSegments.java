package org.espalier.wmt14;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The segments of an SGML file of a test set ({@code <seg id="1">...</seg>}) as lines. A file is
 * read as a whole; test sets have a megabyte.
 */
final class SgmSegments {
  private static final int LARGEST = 1 << 28;
  private static final Pattern SEGMENT =
      Pattern.compile("<seg\\b[^>]*>(.*?)</seg\\s*>", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private SgmSegments() {}

  /**
   * A line per segment: ends of lines inside it are spaces, and the entities of SGML characters.
   *
   * @param in which is closed
   * @throws IOException if it cannot be read, or is larger than 256 MiB
   */
  static InputStream lines(InputStream in) throws IOException {
    try (in) {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw new IOException("a file of segments has at most %d bytes".formatted(LARGEST));
      }
      // A character per byte, so that what is no UTF-8 stays as it is for whoever reads the lines.
      Matcher segments = SEGMENT.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
      StringBuilder lines = new StringBuilder();
      while (segments.find()) {
        lines.append(text(segments.group(1))).append('\n');
      }
      return new ByteArrayInputStream(lines.toString().getBytes(StandardCharsets.ISO_8859_1));
    }
  }

  private static String text(String segment) {
    return segment
        .replace("\r\n", " ")
        .replace('\n', ' ')
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&amp;", "&");
  }
}
