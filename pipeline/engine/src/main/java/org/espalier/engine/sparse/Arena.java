package org.espalier.engine.sparse;

import static org.espalier.engine.kernel.sparse.SparseLanes.GROUP;

import org.espalier.engine.kernel.sparse.Panel;

/** Memory of panels: arrays so large that the collector leaves them where they are, aligned. */
final class Arena {
  /** Arrays of a megabyte are not moved by G1 with the heaps of a few gigabytes. */
  private static final int SMALLEST = 1 << 18;

  /** Floats from the array's header, 16 bytes, to the next cache line of 64. */
  private static final int FIRST = 12;

  /** Strides of a multiple of this would map all features to few sets of the cache. */
  private static final int CONFLICT = 256;

  private Arena() {}

  /** Floats from one feature to the next for so many positions. */
  static int stride(int positions) {
    int padded = (positions + GROUP - 1) / GROUP * GROUP;
    return padded % CONFLICT == 0 ? padded + GROUP : padded;
  }

  /** A panel of zeros. */
  static Panel panel(int features, int stride) {
    return new Panel(new float[Math.max(floats(features, stride), SMALLEST)], FIRST, stride);
  }

  /** Floats of the memory of a panel. */
  static int floats(int features, int stride) {
    return Math.addExact(Math.multiplyExact(features, stride), FIRST + GROUP);
  }
}
