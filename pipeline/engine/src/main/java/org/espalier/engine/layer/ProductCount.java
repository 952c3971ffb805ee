package org.espalier.engine.layer;

import org.espalier.engine.tensor.MultiplyAdds;

/** The multiply-adds of the products with one weight tensor since they were last asked for. */
public final class ProductCount {
  private final String tensor;
  private long done;
  private long leftOut;

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

  /** The count, which begins anew. */
  public MultiplyAdds take() {
    MultiplyAdds taken = MultiplyAdds.of(tensor, done, leftOut);
    done = 0;
    leftOut = 0;
    return taken;
  }
}
