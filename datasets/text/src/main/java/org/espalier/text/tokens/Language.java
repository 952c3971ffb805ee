package org.espalier.text.tokens;

import java.util.Locale;

/** A language that {@link MosesTokeniser} knows. */
public enum Language {
  /** English. */
  ENGLISH("en"),
  /** German. */
  GERMAN("de");

  private final String code;

  Language(String code) {
    this.code = code;
  }

  /** Its code of ISO 639-1, such as {@code de}. */
  public String code() {
    return code;
  }

  /** For example {@code german}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
