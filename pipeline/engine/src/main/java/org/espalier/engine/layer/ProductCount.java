package org.espalier.engine.layer;

import org.espalier.engine.tensor.MultiplyAdds;

/** The multiply-adds of the products with one weight tensor since they were last asked for. */
public final class ProductCount {
  private final String tensor;
  private long done;
  private long leftOut;
  private long expected;

  /** A count of the products with the tensor of this name. */
  public ProductCount(String tensor) {
    this.tensor = tensor;
  }

  void add(long more) {
    add(more, 0);
  }

  void add(long more, long moreLeftOut) {
    done += more;
    leftOut += moreLeftOut;
  }

  void expect(long more) {
    expected += more;
  }

  /** The count, which begins anew. */
  public MultiplyAdds take() {
    MultiplyAdds taken = MultiplyAdds.of(tensor, done, leftOut, expected);
    done = 0;
    leftOut = 0;
    expected = 0;
    return taken;
  }
}
