package org.espalier.engine.kernel;

/**
 * Into how many parts a product or a batch is cut. The parts are computed by one thread each and,
 * where they are summed, summed in their order, so this number and not that of the threads is part
 * of what fixes the bits.
 */
final class Slices {
  static final String PROPERTY = "espalier.slices";
  private static final int DEFAULT = 2;
  static final int COUNT = configured();

  private Slices() {}

  private static int configured() {
    int count = Integer.getInteger(PROPERTY, DEFAULT);
    if (count < 1 || count > 64) {
      throw new IllegalArgumentException(
          "Cannot cut products into %d slices: set -D%s to a number from 1 to 64."
              .formatted(count, PROPERTY));
    }
    return count;
  }

  /** The first index of a slice when {@code length} is cut into {@code slices}. */
  static int start(int slice, int slices, int length) {
    return (int) ((long) length * slice / slices);
  }
}
