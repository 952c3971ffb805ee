package org.espalier.engine.kernel.maps;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.espalier.engine.kernel.FloatValues;
import org.espalier.engine.kernel.PartProducts;
import org.espalier.engine.kernel.ProductShape;
import org.espalier.engine.kernel.ProductShape.Into;
import org.espalier.engine.kernel.Slices;
import org.espalier.engine.kernel.Team;
import org.espalier.engine.kernel.Values;

/**
 * A convolution of few feature maps, such as the channels of images: what a strip of the results
 * reads through all elements of the kernels is written down, so that a strip is one product with
 * long sums. Strips are cut into slices, whose kernel gradients are summed in their order.
 */
final class UnfoldedMaps implements MapConvolution {
  private final MapLayout images;
  private final MapLayout results;
  private final List<Strip> strips;
  private final int sums;
  private final int longest;
  private final int slices;
  private final MapProducts byProducts;
  private final Team.Part forwardPart = this::forward;
  private final Team.Part kernelsPart = this::kernels;
  private final FloatValues[] unfolded;
  private final FloatValues[] gradients;
  private final PartProducts[] products;
  private final ProductShape[] forward;
  private final ProductShape[] gradient;
  private final ProductShape[] moreGradient;
  private FloatValues given;
  private FloatValues kernels;
  private FloatValues result;

  /**
   * A convolution.
   *
   * @param library makes products, one for each slice
   */
  UnfoldedMaps(
      MapConvolutionShape shape,
      MapLayout images,
      MapLayout results,
      Supplier<PartProducts> library,
      Slices most) {
    this.images = images;
    this.results = results;
    this.strips = Strips.of(shape, images, results).results();
    this.sums = images.channels() * shape.elements();
    this.longest = strips.stream().mapToInt(Strip::length).max().orElseThrow();
    this.slices = Math.min(most.count(), strips.size());
    this.byProducts = new MapProducts(shape, images, results, library, most);
    this.unfolded = new FloatValues[slices];
    this.gradients = new FloatValues[slices];
    this.products = new PartProducts[slices];
    this.forward = shapes(this::forward);
    this.gradient = shapes(this::gradient);
    this.moreGradient = shapes(strip -> gradient(strip).adding());
    Arrays.setAll(products, slice -> library.get());
    Arrays.setAll(unfolded, slice -> floats(sums * longest));
    Arrays.setAll(gradients, slice -> floats(sums * results.channels()));
  }

  private ProductShape[] shapes(Function<Strip, ProductShape> shape) {
    return strips.stream().map(shape).toArray(ProductShape[]::new);
  }

  private ProductShape forward(Strip strip) {
    return ProductShape.plain(results.channels(), strip.length(), sums)
        .strides(sums, strip.length(), results.channelLength());
  }

  private ProductShape gradient(Strip strip) {
    return ProductShape.rightTransposed(results.channels(), sums, strip.length())
        .strides(results.channelLength(), strip.length(), sums);
  }

  private static FloatValues floats(int length) {
    return FloatValues.require(Values.floats(length));
  }

  @Override
  public void forward(Values maps, Values weights, Values to) {
    given = FloatValues.require(maps);
    kernels = FloatValues.require(weights);
    result = FloatValues.require(to);
    Team.ofThread().run(slices, forwardPart);
  }

  private void forward(int slice, int member) {
    for (int number = start(slice); number < start(slice + 1); number++) {
      Strip strip = strips.get(number);
      unfold(strip, unfolded[slice]);
      products[slice].multiply(forward[number], kernels, 0, unfolded[slice], 0, result, strip.at());
    }
  }

  /** `[images, elements, places]`. */
  private void unfold(Strip strip, FloatValues to) {
    int at = 0;
    for (int channel = 0; channel < images.channels(); channel++) {
      for (int met : strip.met()) {
        given.copy(channel * images.channelLength() + met, to, at, strip.length());
        at += strip.length();
      }
    }
  }

  @Override
  public void backwardImages(Values resultGradient, Values weights, Values gradient, Into into) {
    byProducts.backwardImages(resultGradient, weights, gradient, into);
  }

  @Override
  public void backwardKernels(Values maps, Values resultGradient, Values kernelGradient) {
    given = FloatValues.require(maps);
    result = FloatValues.require(resultGradient);
    Team.ofThread().run(slices, kernelsPart);
    FloatValues target = FloatValues.require(kernelGradient);
    float[] sum = new float[target.length()];
    float[] other = new float[target.length()];
    for (FloatValues part : gradients) {
      part.read(0, other, other.length);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += other[i];
      }
    }
    target.write(0, sum, sum.length);
  }

  private void kernels(int slice, int member) {
    for (int number = start(slice); number < start(slice + 1); number++) {
      Strip strip = strips.get(number);
      unfold(strip, unfolded[slice]);
      products[slice].multiply(
          number == start(slice) ? gradient[number] : moreGradient[number],
          result,
          strip.at(),
          unfolded[slice],
          0,
          gradients[slice],
          0);
    }
  }

  private int start(int slice) {
    return Slices.start(slice, slices, strips.size());
  }

  @Override
  public void close() {
    byProducts.close();
    for (int slice = 0; slice < slices; slice++) {
      unfolded[slice].release();
      gradients[slice].release();
    }
  }
}
