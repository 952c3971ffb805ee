package org.espalier.engine.kernel;

import java.util.function.Supplier;

/**
 * Products by a native library, cut along the longer side of the result so that the library runs
 * single-threaded: oneDNN's own threads split sums in ways that change their bits.
 */
final class SlicedProducts implements Products {
  /** Below this many multiplications a product is not cut: waking a thread would cost more. */
  private static final long SMALL = 1L << 20;

  private final Sgemm[] members;
  private final Team.Part oneSlice = this::slice;
  private final Team.Part oneProduct = this::repeated;
  private ProductShape shape;
  private Repetition repetition;
  private int slices;
  private long left;
  private long right;
  private long result;

  SlicedProducts(Supplier<Sgemm> library, Slices most) {
    members = new Sgemm[most.count()];
    for (int i = 0; i < members.length; i++) {
      members[i] = library.get();
    }
  }

  @Override
  public void multiply(ProductShape product, Repetition times, Values a, Values b, Values c) {
    times.require(product, a, b, c);
    shape = product;
    repetition = times;
    left = FloatValues.require(a).address();
    right = FloatValues.require(b).address();
    result = FloatValues.require(c).address();
    long work = (long) product.m() * product.n() * product.k();
    boolean single = times.count() == 1;
    int parts = single ? Math.max(product.m(), product.n()) : times.count();
    slices = work * times.count() < SMALL ? 1 : Math.min(members.length, parts);
    Team.ofThread().run(slices, single ? oneSlice : oneProduct);
  }

  private void slice(int slice, int member) {
    boolean byRows = shape.m() >= shape.n();
    int length = byRows ? shape.m() : shape.n();
    int from = Slices.start(slice, slices, length);
    int size = Slices.start(slice + 1, slices, length) - from;
    boolean leftTransposed = shape.form() == ProductShape.Form.LEFT_TRANSPOSED;
    boolean rightTransposed = shape.form() == ProductShape.Form.RIGHT_TRANSPOSED;
    if (byRows) {
      long a = left + bytes(from, leftTransposed ? 1 : shape.leftStride());
      call(slice, size, shape.n(), a, right, result + bytes(from, shape.resultStride()));
    } else {
      long b = right + bytes(from, rightTransposed ? shape.rightStride() : 1);
      call(slice, shape.m(), size, left, b, result + bytes(from, 1));
    }
  }

  private void repeated(int slice, int member) {
    int to = Slices.start(slice + 1, slices, repetition.count());
    for (int i = Slices.start(slice, slices, repetition.count()); i < to; i++) {
      call(
          slice,
          shape.m(),
          shape.n(),
          left + bytes(i, repetition.left()),
          right + bytes(i, repetition.right()),
          result + bytes(i, repetition.result()));
    }
  }

  private void call(int slice, int m, int n, long a, long b, long c) {
    float beta = shape.into() == ProductShape.Into.ADD ? 1f : 0f;
    members[slice].multiply(shape, m, n, a, b, beta, c);
  }

  private static long bytes(int index, int stride) {
    return (long) index * stride * Float.BYTES;
  }
}
