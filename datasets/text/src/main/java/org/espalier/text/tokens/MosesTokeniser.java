package org.espalier.text.tokens;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tokeniser of the Moses toolkit, whose words the published scores of WMT14 and the published
 * files of Multi30k are made of: {@code tokenizer.perl -l LANGUAGE} as it was before November 2018,
 * when a full stop at the end of a line still stayed with an abbreviation or an ordinal number.
 * Hyphens split nothing. Characters that Moses gives a meaning to are escaped, most as in XML.
 */
public final class MosesTokeniser implements Tokeniser {
  private static final Pattern STOPS = Pattern.compile("\\.+");
  private static final Pattern LETTER = Pattern.compile("\\p{IsAlphabetic}");

  private static final Rewrites APART =
      Rewrites.none()
          .andUnicode("\\s+", " ")
          .and("[\\x00-\\x1f]", "")
          .and("^ | $", "")
          .andUnicode("[^\\p{Alnum}\\s.'`,-]", " $0 ")
          .and("\\.{2,}", " $0 ")
          .and("(\\P{N}),", "$1 , ")
          .and(",(\\P{N})", " , $1")
          .and("(\\p{N}),$", "$1 ,");

  private static final Rewrites ENGLISH_APOSTROPHES =
      Rewrites.none()
          .and("(\\P{IsAlphabetic})'(\\P{IsAlphabetic})", "$1 ' $2")
          .and("([^\\p{IsAlphabetic}\\p{N}])'(\\p{IsAlphabetic})", "$1 ' $2")
          .and("(\\p{IsAlphabetic})'(\\P{IsAlphabetic})", "$1 ' $2")
          .and("(\\p{IsAlphabetic})'(\\p{IsAlphabetic})", "$1 '$2")
          .and("(\\p{N})'s", "$1 's");

  private static final Rewrites GERMAN_APOSTROPHES = Rewrites.none().and("'", " ' ");

  private static final Rewrites LAST_STOP = Rewrites.none().and("\\.' ?$", " . ' ");

  private static final Rewrites ESCAPES =
      Rewrites.none()
          .and("&", "&amp;")
          .and("\\|", "&#124;")
          .and("<", "&lt;")
          .and(">", "&gt;")
          .and("'", "&apos;")
          .and("\"", "&quot;")
          .and("\\[", "&#91;")
          .and("\\]", "&#93;");

  private final Rewrites apart;
  private final Abbreviations abbreviations;

  /** The tokeniser of a language. */
  public MosesTokeniser(Language language) {
    this.apart =
        APART.and(
            switch (language) {
              case ENGLISH -> ENGLISH_APOSTROPHES;
              case GERMAN -> GERMAN_APOSTROPHES;
            });
    this.abbreviations = Abbreviations.of(language);
  }

  @Override
  public String tokenise(String line) {
    List<String> words = Words.of(apart.apply(line));
    List<String> split = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      add(words.get(i), words.subList(i + 1, words.size()), split);
    }
    return ESCAPES.apply(LAST_STOP.apply(String.join(" ", split)));
  }

  private void add(String word, List<String> following, List<String> split) {
    int before = word.length() - 1;
    if (word.endsWith(".") && !isStops(word) && !staysWhole(word.substring(0, before), following)) {
      split.add(word.substring(0, before));
      split.add(".");
    } else {
      split.add(word);
    }
  }

  private static boolean isStops(String word) {
    return STOPS.matcher(word).matches();
  }

  private boolean staysWhole(String word, List<String> following) {
    Matcher letter = LETTER.matcher(word);
    boolean dotted = word.indexOf('.') >= 0 && letter.find();
    boolean goesOn = !following.isEmpty() && Character.isLowerCase(following.get(0).codePointAt(0));
    return dotted || goesOn || abbreviations.keepsStop(word, following);
  }
}
