package org.espalier.engine.tensor;

/**
 * The multiply-adds of a weight tensor, per weight and example: as many as there are positions that
 * it is applied at, once in a forward pass, and in a step of training once more for the gradient of
 * the weights and once more for that of the inputs.
 *
 * @param inference of a forward pass: height x width of the result for a convolution, 1 for a
 *     matrix, 0 for a table in which rows are looked up
 * @param training of a step of training, its forward pass included
 */
public record TensorProducts(long inference, long training) {
  private static final int PASSES = 3;

  /** The products of a tensor that rows are looked up in. */
  public static final TensorProducts LOOKED_UP = new TensorProducts(0, 0);

  /** The products of a tensor that is applied at so many positions of an example. */
  public static TensorProducts at(long positions) {
    return new TensorProducts(positions, PASSES * positions);
  }

  /** The same of a tensor whose inputs are the network's, of which no gradient is computed. */
  public static TensorProducts ofFirst(long positions) {
    return new TensorProducts(positions, (PASSES - 1) * positions);
  }

  /** The same of weights that are drawn by mean and variance: training multiplies by both. */
  public TensorProducts drawn() {
    return new TensorProducts(inference, 2 * training);
  }

  /** The products of a tensor that is applied in two places. */
  public TensorProducts plus(TensorProducts other) {
    return new TensorProducts(inference + other.inference, training + other.training);
  }
}
