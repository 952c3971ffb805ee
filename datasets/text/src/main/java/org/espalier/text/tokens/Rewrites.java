package org.espalier.text.tokens;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Regular expressions with what stands for each of their matches, applied one after the other. */
final class Rewrites {
  private record Rewrite(Pattern pattern, String replacement) {}

  private final List<Rewrite> rewrites;

  private Rewrites(List<Rewrite> rewrites) {
    this.rewrites = List.copyOf(rewrites);
  }

  /** No expressions. */
  static Rewrites none() {
    return new Rewrites(List.of());
  }

  /** These and one more, whose classes such as {@code \s} are those of ASCII. */
  Rewrites and(String pattern, String replacement) {
    return and(pattern, replacement, 0);
  }

  /** These and one more, whose classes such as {@code \s} are those of Unicode. */
  Rewrites andUnicode(String pattern, String replacement) {
    return and(pattern, replacement, Pattern.UNICODE_CHARACTER_CLASS);
  }

  private Rewrites and(String pattern, String replacement, int flags) {
    List<Rewrite> more = new ArrayList<>(rewrites);
    more.add(new Rewrite(Pattern.compile(pattern, flags), replacement));
    return new Rewrites(more);
  }

  /** These and those of another. */
  Rewrites and(Rewrites others) {
    List<Rewrite> more = new ArrayList<>(rewrites);
    more.addAll(others.rewrites);
    return new Rewrites(more);
  }

  String apply(String text) {
    String rewritten = text;
    for (Rewrite rewrite : rewrites) {
      rewritten = rewrite.pattern.matcher(rewritten).replaceAll(rewrite.replacement);
    }
    return rewritten;
  }
}
