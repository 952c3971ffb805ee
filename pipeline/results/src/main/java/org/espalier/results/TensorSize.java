package org.espalier.results;

/**
 * What was kept of one sparsifiable tensor.
 *
 * @param name the tensor's name in the network
 * @param shape its shape as text, such as {@code [784, 300]}
 * @param weights how many weights it has, at least 1
 * @param kept how many of them are not masked, in [0, weights]
 */
public record TensorSize(String name, String shape, long weights, long kept) {

  public TensorSize {
    Require.text(name, "tensor name");
    Require.text(shape, "tensor shape");
    Require.atLeast(1, weights, "a tensor size");
    Require.keptOf(kept, weights, name);
  }

  /** The fraction of its weights that are zero. */
  public double sparsity() {
    return 1 - (double) kept / weights;
  }
}
