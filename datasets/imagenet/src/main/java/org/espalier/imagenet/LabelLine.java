package org.espalier.imagenet;

import java.util.List;
import java.util.regex.Pattern;

/** A line of a list of labels or classes. */
final class LabelLine {
  private static final Pattern SEPARATOR = Pattern.compile("[\\s,]+");

  private LabelLine() {}

  /** The words of a line that is not blank, at least one. */
  static List<String> words(String line) {
    return List.of(SEPARATOR.split(line.strip(), -1));
  }
}
