package org.espalier.kernel.vector;

/**
 * Runs loops over arrays, compiled apart from what calls them. Inlined into a long pass, vectors
 * would no longer be kept in registers but allocated. For the same reason no loop hands a vector to
 * a method of its class that is more than a few instructions long: once that is compiled by itself,
 * it is not inlined any more.
 */
final class Apart {
  private static final int WARM_UP = 20_000;

  static {
    Loop[] nothing = {(a, b, c, d, e, factor, count) -> {}, (a, b, c, d, e, factor, count) -> {}};
    for (int i = 0; i < WARM_UP; i++) {
      call(nothing[i & 1], null, null, null, null, null, 0, 0);
    }
  }

  private Apart() {}

  /** A loop over at most five arrays; it takes of them what it needs. */
  interface Loop {
    void run(float[] a, float[] b, float[] c, float[] d, float[] e, float factor, int count);
  }

  static void call(Loop loop, float[] x, int count) {
    call(loop, x, null, null, null, null, 0, count);
  }

  /**
   * The one place where loops are called. Having seen two that do nothing, the compiler knows it
   * for a call with many targets and inlines none of them.
   */
  static void call(
      Loop loop, float[] a, float[] b, float[] c, float[] d, float[] e, float factor, int count) {
    loop.run(a, b, c, d, e, factor, count);
  }
}
