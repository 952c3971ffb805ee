package org.espalier.engine.kernel.maps;

import java.util.function.Supplier;
import org.espalier.engine.kernel.LayerKernels;
import org.espalier.engine.kernel.PartProducts;
import org.espalier.engine.kernel.Slices;

/**
 * The arithmetic of feature maps on one kind of memory: the fast form where the kernels have what
 * it is made of, else the reference. The objects handed out are used by one thread at a time each.
 *
 * @param kernels of the memory
 */
public record MapKernels(LayerKernels kernels) {
  /** Sums over fewer channels than this are too short for products of one element each. */
  private static final int FEW_MAPS = 32;

  /** A convolution from one layout into another, which the caller closes. */
  public MapConvolution convolution(
      MapConvolutionShape shape, MapLayout images, MapLayout results) {
    return kernels
        .parts()
        .map(products -> byProducts(shape, images, results, products, kernels.slices()))
        .orElseGet(() -> new ReferenceMapConvolution(shape, images, results));
  }

  private static MapConvolution byProducts(
      MapConvolutionShape shape,
      MapLayout images,
      MapLayout results,
      Supplier<PartProducts> products,
      Slices slices) {
    return images.channels() < FEW_MAPS && !shape.isPointwise()
        ? new UnfoldedMaps(shape, images, results, products, slices)
        : new MapProducts(shape, images, results, products, slices);
  }

  /** Batch normalisation. */
  public MapNormalisation normalisation(NormalisationShape shape) {
    return kernels.lanes().isPresent()
        ? new FastNormalisation(shape)
        : new ReferenceNormalisation(shape);
  }

  /** What else is done with feature maps. */
  public MapPasses passes() {
    return kernels.lanes().<MapPasses>map(FastMapPasses::new).orElseGet(ReferenceMapPasses::new);
  }
}
