package org.espalier.engine.transformer;

import org.espalier.engine.kernel.Values;

/** A vector that is written while another is read, and takes its place. Owns it until closed. */
final class SpareMemory implements AutoCloseable {
  private final Values like;
  private Values spare;

  /**
   * @param like values of the type of the vectors
   */
  SpareMemory(Values like) {
    this.like = like;
  }

  /** A vector of a length, of undefined values, which belongs to the caller. */
  Values take(int length) {
    Values taken = spare;
    spare = null;
    if (taken != null && taken.length() == length) {
      return taken;
    }
    if (taken != null) {
      taken.release();
    }
    return like.sameType(length);
  }

  /** Gives a vector up. */
  void giveBack(Values vector) {
    close();
    spare = vector;
  }

  @Override
  public void close() {
    if (spare != null) {
      spare.release();
      spare = null;
    }
  }
}
