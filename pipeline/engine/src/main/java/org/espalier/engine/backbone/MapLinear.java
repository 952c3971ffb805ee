package org.espalier.engine.backbone;

import java.util.Optional;
import org.espalier.engine.kernel.ConvolutionShape;
import org.espalier.engine.kernel.LayerKernels;
import org.espalier.engine.kernel.ProductShape.Into;
import org.espalier.engine.kernel.Values;
import org.espalier.engine.kernel.maps.MapConvolution;
import org.espalier.engine.kernel.maps.MapConvolutionShape;
import org.espalier.engine.kernel.maps.MapKernels;
import org.espalier.engine.kernel.maps.MapLayout;
import org.espalier.engine.kernel.sparse.KeptWeights;
import org.espalier.engine.kernel.sparse.SparseLanes;
import org.espalier.engine.sparse.KeptConvolution;
import org.espalier.engine.sparse.KeptMap;
import org.espalier.engine.sparse.KeptMatrix;
import org.espalier.engine.weights.KeptForm;
import org.espalier.engine.weights.LinearMap;

/** A convolution of feature maps as weight tensors apply it. */
final class MapLinear implements LinearMap {
  private final LayerKernels kernels;
  private final MapConvolutionShape shape;
  private final MapLayout images;
  private final MapLayout results;
  private final Into into;
  private final MapConvolution convolution;
  private final KeptForm keptForm;

  /**
   * @param images layout of what is convolved
   * @param results layout of the results
   * @param into what becomes of the gradient of what is convolved
   */
  MapLinear(
      LayerKernels kernels,
      MapConvolutionShape shape,
      MapLayout images,
      MapLayout results,
      Into into) {
    this.kernels = kernels;
    this.shape = shape;
    this.images = images;
    this.results = results;
    this.into = into;
    this.convolution = new MapKernels(kernels).convolution(shape, images, results);
    this.keptForm = new KeptForm(kernels);
  }

  /** One per map, of which there is a whole number in a result; no bias is added. */
  @Override
  public int outputs() {
    return results.channels();
  }

  @Override
  public long products() {
    return (long) results.channels() * images.channels() * shape.elements() * results.positions();
  }

  @Override
  public Optional<KeptMap> over(KeptWeights kept) {
    return keptForm.of(kept, lanes -> keptMap(lanes, kept));
  }

  /** Pointwise, whatever lies around the pixels is computed with them: zeros. */
  private KeptMap keptMap(SparseLanes lanes, KeptWeights kept) {
    if (shape.isPointwise() && images.hasPlacesOf(results)) {
      return new KeptMatrix(
          lanes,
          kernels.slices(),
          kept,
          images.channelLength(),
          images.channels(),
          results.channels(),
          into);
    }
    ConvolutionShape square =
        new ConvolutionShape(
            images.images(),
            shape.height(),
            shape.width(),
            images.channels(),
            results.channels(),
            shape.size(),
            shape.size(),
            shape.stride(),
            shape.padding());
    return new KeptConvolution(lanes, kernels.slices(), kept, square, images, results, into);
  }

  @Override
  public void forward(Values x, Values weights, Values y) {
    convolution.forward(x, weights, y);
  }

  @Override
  public void backwardInput(Values delta, Values weights, Values inputGradient) {
    convolution.backwardImages(delta, weights, inputGradient, into);
  }

  @Override
  public boolean adds() {
    return into == Into.ADD;
  }

  @Override
  public void backwardWeights(Values x, Values delta, Values weightGradient) {
    convolution.backwardKernels(x, delta, weightGradient);
  }

  @Override
  public void close() {
    convolution.close();
  }
}
