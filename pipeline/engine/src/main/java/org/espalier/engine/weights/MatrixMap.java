package org.espalier.engine.weights;

import java.util.Optional;
import org.espalier.engine.kernel.LayerKernels;
import org.espalier.engine.kernel.ProductShape;
import org.espalier.engine.kernel.Products;
import org.espalier.engine.kernel.Values;
import org.espalier.engine.kernel.sparse.KeptWeights;
import org.espalier.engine.kernel.sparse.SparseLanes;
import org.espalier.engine.sparse.KeptMap;
import org.espalier.engine.sparse.KeptMatrix;

/** Rows times a matrix that lies `[out, in]`. */
public final class MatrixMap implements LinearMap {
  private final Products products;
  private final LayerKernels kernels;
  private final ProductShape forward;
  private final ProductShape backwardInput;
  private final ProductShape backwardWeights;
  private final KeptForm keptForm;

  /** A map of so many rows of {@code in} values to rows of {@code out}. */
  public MatrixMap(LayerKernels kernels, int rows, int in, int out) {
    this.kernels = kernels;
    this.products = kernels.products();
    this.keptForm = new KeptForm(kernels);
    this.forward = ProductShape.rightTransposed(rows, out, in);
    this.backwardInput = ProductShape.plain(rows, in, out);
    this.backwardWeights = ProductShape.leftTransposed(out, in, rows);
  }

  @Override
  public int outputs() {
    return forward.n();
  }

  @Override
  public long products() {
    return (long) forward.m() * forward.n() * forward.k();
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
  public Optional<KeptMap> over(KeptWeights kept) {
    return keptForm.of(kept, lanes -> keptMatrix(lanes, kept));
  }

  private KeptMap keptMatrix(SparseLanes lanes, KeptWeights kept) {
    return new KeptMatrix(lanes, kernels.slices(), kept, forward.m(), forward.k(), forward.n());
  }

  @Override
  public void close() {}
}
