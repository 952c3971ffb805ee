package org.espalier.engine.weights;

import java.util.Optional;
import org.espalier.engine.kernel.Convolution;
import org.espalier.engine.kernel.ConvolutionShape;
import org.espalier.engine.kernel.LayerKernels;
import org.espalier.engine.kernel.Values;
import org.espalier.engine.kernel.sparse.KeptWeights;
import org.espalier.engine.kernel.sparse.SparseLanes;
import org.espalier.engine.sparse.KeptConvolution;
import org.espalier.engine.sparse.KeptMap;
import org.espalier.engine.sparse.KeptMatrix;

/** A convolution. */
public final class ConvolutionMap implements LinearMap {
  private final LayerKernels kernels;
  private final ConvolutionShape shape;
  private final Convolution convolution;
  private final KeptForm keptForm;

  /** A map of a shape. */
  public ConvolutionMap(LayerKernels kernels, ConvolutionShape shape) {
    this.kernels = kernels;
    this.shape = shape;
    this.convolution = kernels.convolution(shape);
    this.keptForm = new KeptForm(kernels);
  }

  @Override
  public int outputs() {
    return shape.outputs();
  }

  @Override
  public long products() {
    long positions = (long) shape.batch() * shape.resultHeight() * shape.resultWidth();
    return positions * shape.kernelLength();
  }

  @Override
  public void forward(Values x, Values weights, Values y) {
    convolution.forward(x, weights, y);
  }

  @Override
  public void backwardInput(Values delta, Values weights, Values inputGradient) {
    convolution.backwardImages(delta, weights, inputGradient);
  }

  @Override
  public void backwardWeights(Values x, Values delta, Values weightGradient) {
    convolution.backwardKernels(x, delta, weightGradient);
  }

  @Override
  public Optional<KeptMap> over(KeptWeights kept) {
    return keptForm.of(kept, lanes -> keptMap(lanes, kept));
  }

  /** Where a kernel is a single pixel, images are positions. */
  private KeptMap keptMap(SparseLanes lanes, KeptWeights kept) {
    boolean pointwise = shape.kernelHeight() * shape.kernelWidth() == 1;
    if (pointwise && shape.stride() == 1 && shape.padding() == 0) {
      int positions = shape.batch() * shape.height() * shape.width();
      return new KeptMatrix(
          lanes, kernels.slices(), kept, positions, shape.inputs(), shape.outputs());
    }
    return new KeptConvolution(lanes, kernels.slices(), kept, shape);
  }

  @Override
  public void close() {
    convolution.close();
  }
}
