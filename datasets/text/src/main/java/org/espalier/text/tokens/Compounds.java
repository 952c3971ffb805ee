package org.espalier.text.tokens;

import java.util.regex.Pattern;

/** Compounds with a hyphen, whose parts some scores count as words. */
public final class Compounds {
  private static final String BLANKS = " \\t-\\r";
  private static final Pattern HYPHEN =
      Pattern.compile(
          "([^%s])-(?:([^%s\\x80-\\x{10ffff}])|(?=[\\x80-\\x{10ffff}]))".formatted(BLANKS, BLANKS));

  private Compounds() {}

  /**
   * The line with {@code rich-text} written as {@code rich ##AT##-##AT## text}, as the WMT14
   * references of Luong et al. have it and the scores of GNMT and tensor2tensor count it. As there,
   * of the two hyphens around a single character of ASCII only the first splits: {@code e-r-e}
   * becomes {@code e ##AT##-##AT## r-e}.
   */
  public static String split(String line) {
    return HYPHEN.matcher(line).replaceAll("$1 ##AT##-##AT## $2");
  }
}
