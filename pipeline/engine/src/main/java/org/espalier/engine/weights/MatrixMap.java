package org.espalier.engine.weights;

import org.espalier.engine.kernel.ProductShape;
import org.espalier.engine.kernel.Products;
import org.espalier.engine.kernel.Values;

/** Rows times a matrix that lies `[out, in]`. */
public final class MatrixMap implements LinearMap {
  private final Products products;
  private final ProductShape forward;
  private final ProductShape backwardInput;
  private final ProductShape backwardWeights;

  /** A map of so many rows of {@code in} values to rows of {@code out}. */
  public MatrixMap(Products products, int rows, int in, int out) {
    this.products = products;
    this.forward = ProductShape.rightTransposed(rows, out, in);
    this.backwardInput = ProductShape.plain(rows, in, out);
    this.backwardWeights = ProductShape.leftTransposed(out, in, rows);
  }

  @Override
  public int outputs() {
    return forward.n();
  }

  @Override
  public void forward(Values x, Values weights, Values y) {
    products.multiply(forward, x, weights, y);
  }

  @Override
  public void backwardInput(Values delta, Values weights, Values inputGradient) {
    products.multiply(backwardInput, delta, weights, inputGradient);
  }

  @Override
  public void backwardWeights(Values x, Values delta, Values weightGradient) {
    products.multiply(backwardWeights, delta, x, weightGradient);
  }

  @Override
  public void close() {}
}
