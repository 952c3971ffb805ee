package org.espalier.engine.kernel.vector;

import java.nio.ByteBuffer;

/**
 * Runs loops over arrays and memory, compiled apart from what calls them. Inlined into a long pass,
 * vectors would no longer be kept in registers but allocated. For the same reason no loop hands a
 * vector to a method of its class that is more than a few instructions long: once that is compiled
 * by itself, it is not inlined any more.
 *
 * <p>There is one place where loops of a kind are called. Having seen two there that do nothing,
 * the compiler knows it for a call with many targets and inlines none of them.
 */
final class Apart {
  private static final int WARM_UP = 20_000;

  static {
    Loop[] loops = {(x, count) -> {}, (x, count) -> {}};
    Pass[] passes = {
      (a, b, c, d, e, x, y, factor, from, first, end) -> {},
      (a, b, c, d, e, x, y, factor, from, first, end) -> {}
    };
    for (int i = 0; i < WARM_UP; i++) {
      call(loops[i & 1], null, 0);
      call(passes[i & 1], null, null, null, null, null, null, null, 0, 0, 0, 0);
    }
  }

  private Apart() {}

  /** A loop over an array. */
  interface Loop {
    void run(float[] x, int count);
  }

  /**
   * A loop over numbers {@code first} to {@code end - 1} of memory, and arrays that begin with
   * number {@code from}; it takes what it needs.
   */
  interface Pass {
    void run(
        ByteBuffer a,
        ByteBuffer b,
        ByteBuffer c,
        ByteBuffer d,
        ByteBuffer e,
        float[] x,
        float[] y,
        float factor,
        int from,
        int first,
        int end);
  }

  static void call(Loop loop, float[] x, int count) {
    loop.run(x, count);
  }

  static void call(
      Pass pass,
      ByteBuffer a,
      ByteBuffer b,
      ByteBuffer c,
      ByteBuffer d,
      ByteBuffer e,
      float[] x,
      float[] y,
      float factor,
      int from,
      int first,
      int end) {
    pass.run(a, b, c, d, e, x, y, factor, from, first, end);
  }
}
