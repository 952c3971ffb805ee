package org.espalier.text.tokens;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The words of a language behind which a full stop ends no sentence, from a resource: words with
 * blanks between them, many a line; those of a line that begins with {@value #BEFORE_NUMBERS} count
 * in front of a number alone, those of one with {@value #COMMENT} not at all.
 */
final class Abbreviations {
  private static final String BEFORE_NUMBERS = "before-numbers:";
  private static final String COMMENT = "#";

  private final Set<String> always = new HashSet<>();
  private final Set<String> beforeNumbers = new HashSet<>();

  private Abbreviations(Stream<String> lines) {
    lines.filter(line -> !line.startsWith(COMMENT)).forEach(this::add);
  }

  private void add(String line) {
    if (line.startsWith(BEFORE_NUMBERS)) {
      beforeNumbers.addAll(Words.of(line.substring(BEFORE_NUMBERS.length())));
    } else {
      always.addAll(Words.of(line));
    }
  }

  static Abbreviations of(Language language) {
    String name = "abbreviations." + language.code() + ".txt";
    try (InputStream file = Abbreviations.class.getResourceAsStream(name)) {
      return new Abbreviations(new String(file.readAllBytes(), UTF_8).lines());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether a word keeps its full stop in front of these words. */
  boolean keepsStop(String word, List<String> following) {
    boolean number = !following.isEmpty() && isAsciiDigit(following.get(0).charAt(0));
    return always.contains(word) || (number && beforeNumbers.contains(word));
  }

  private static boolean isAsciiDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
