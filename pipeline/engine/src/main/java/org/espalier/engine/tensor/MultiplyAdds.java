package org.espalier.engine.tensor;

import java.io.Serializable;
import java.util.List;
import java.util.TreeSet;

/**
 * Multiply-adds of products with weights, those of their gradients included.
 *
 * @param done those that were computed
 * @param leftOut those of masked weights, which were not
 * @param expected those of forward passes alone with the weights that are expected not to be zero:
 *     kept ones, and of gated ones as many as gates are expected to be open
 * @param leavingOut names of the tensors whose products left some out, sorted
 */
public record MultiplyAdds(long done, long leftOut, long expected, List<String> leavingOut)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** None at all. */
  public static final MultiplyAdds NONE = new MultiplyAdds(0, 0, 0, List.of());

  public MultiplyAdds {
    leavingOut = List.copyOf(leavingOut);
  }

  /** Those of one tensor. */
  public static MultiplyAdds of(String tensor, long done, long leftOut, long expected) {
    return new MultiplyAdds(done, leftOut, expected, leftOut == 0 ? List.of() : List.of(tensor));
  }

  /** These and others. */
  public MultiplyAdds plus(MultiplyAdds more) {
    return new MultiplyAdds(
        done + more.done,
        leftOut + more.leftOut,
        expected + more.expected,
        union(leavingOut, more.leavingOut));
  }

  private static List<String> union(List<String> some, List<String> more) {
    if (more.isEmpty() || some.equals(more)) {
      return some;
    }
    TreeSet<String> all = new TreeSet<>(some);
    all.addAll(more);
    return List.copyOf(all);
  }
}
