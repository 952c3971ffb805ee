package org.espalier.experiment;

/** A checkpoint whose bytes are not those that were written. */
final class DamagedCheckpoint extends Exception {
  private static final long serialVersionUID = 1L;

  DamagedCheckpoint(String sentence) {
    super(sentence);
  }
}
