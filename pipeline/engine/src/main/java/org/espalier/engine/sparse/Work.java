package org.espalier.engine.sparse;

/** Into how many parts work is cut. */
final class Work {
  /** Below this many operations work is not cut: waking a thread would cost more. */
  private static final long SMALL = 1L << 16;

  private Work() {}

  /** One slice if there is little to do, else as many as there may be. */
  static int slices(long operations, int most) {
    return operations < SMALL ? 1 : most;
  }
}
