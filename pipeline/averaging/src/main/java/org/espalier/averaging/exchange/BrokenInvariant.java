package org.espalier.averaging.exchange;

/** Thrown where processes differ that have to be equal; another try would not mend that. */
public abstract class BrokenInvariant extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Thrown with a sentence for a person. */
  protected BrokenInvariant(String sentence) {
    super(sentence);
  }
}
