package org.espalier.engine.transformer;

import java.util.Optional;
import org.espalier.engine.kernel.LayerKernels;
import org.espalier.engine.kernel.ProductShape;
import org.espalier.engine.kernel.ProductShape.Into;
import org.espalier.engine.kernel.Products;
import org.espalier.engine.kernel.Values;
import org.espalier.engine.kernel.sparse.KeptWeights;
import org.espalier.engine.sparse.KeptMap;
import org.espalier.engine.sparse.KeptMatrix;
import org.espalier.engine.sparse.SharedPanels;
import org.espalier.engine.weights.KeptForm;
import org.espalier.engine.weights.LinearMap;

/**
 * A matrix `[out, in]` times activations that lie feature by feature, `[in, positions]` to `[out,
 * positions]`.
 */
final class FeatureMap implements LinearMap {
  private final LayerKernels kernels;
  private final Products products;
  private final int in;
  private final int out;
  private final int positions;
  private final Into into;
  private final ProductShape forward;
  private final ProductShape backwardInput;
  private final ProductShape backwardWeights;
  private final KeptForm keptForm;
  private final SharedPanels panels;

  /**
   * @param into what becomes of the gradient of the input
   * @param panels of maps over kept weights; what this reads stays until its backward pass
   */
  FeatureMap(LayerKernels kernels, int out, int in, int positions, Into into, SharedPanels panels) {
    this.kernels = kernels;
    this.panels = panels;
    this.products = kernels.products();
    this.in = in;
    this.out = out;
    this.positions = positions;
    this.into = into;
    this.forward = ProductShape.plain(out, positions, in);
    ProductShape replacing = ProductShape.leftTransposed(in, positions, out);
    this.backwardInput = into == Into.ADD ? replacing.adding() : replacing;
    this.backwardWeights = ProductShape.rightTransposed(out, in, positions);
    this.keptForm = new KeptForm(kernels);
  }

  /** One: a feature's values lie side by side, and no bias is added. */
  @Override
  public int outputs() {
    return 1;
  }

  @Override
  public long products() {
    return (long) out * in * positions;
  }

  @Override
  public void forward(Values x, Values weights, Values y) {
    products.multiply(forward, weights, x, y);
  }

  @Override
  public void backwardInput(Values delta, Values weights, Values inputGradient) {
    products.multiply(backwardInput, weights, delta, inputGradient);
  }

  @Override
  public boolean adds() {
    return into == Into.ADD;
  }

  @Override
  public void backwardWeights(Values x, Values delta, Values weightGradient) {
    products.multiply(backwardWeights, delta, x, weightGradient);
  }

  @Override
  public Optional<KeptMap> over(KeptWeights kept) {
    return keptForm.of(
        kept,
        lanes -> new KeptMatrix(lanes, kernels.slices(), kept, positions, in, out, into, panels));
  }

  @Override
  public void close() {}
}
