package org.espalier.tasks.classification;

/** What a crop shows beyond an image. */
public enum Border {
  /** Pixels of value 0. */
  ZERO("zero") {
    @Override
    int source(int at, int length) {
      return at < 0 || at >= length ? PixelWindow.NOTHING : at;
    }
  },
  /** The image mirrored at its outermost pixels, which are not repeated. */
  REFLECT("reflect") {
    @Override
    int source(int at, int length) {
      if (at < 0) {
        return -at;
      }
      return at >= length ? 2 * (length - 1) - at : at;
    }
  };

  private final String label;

  Border(String label) {
    this.label = label;
  }

  /**
   * The pixel of a row or column of {@code length} that is seen at {@code at}, which may lie up to
   * {@code length - 1} beyond its ends; {@link PixelWindow#NOTHING} for a 0.
   */
  abstract int source(int at, int length);

  /** The name in configurations. */
  @Override
  public String toString() {
    return label;
  }
}
