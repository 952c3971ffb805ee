package org.espalier.text.tokens;

/** A way to tell the words of a line apart. An implementation is immutable. */
@FunctionalInterface
public interface Tokeniser {
  /** The line with blanks between its words. */
  String tokenise(String line);
}
