package org.espalier.engine.kernel.maps;

import java.util.Arrays;
import java.util.function.Supplier;
import org.espalier.engine.kernel.FloatValues;
import org.espalier.engine.kernel.PartProducts;
import org.espalier.engine.kernel.ProductShape;
import org.espalier.engine.kernel.ProductShape.Into;
import org.espalier.engine.kernel.Slices;
import org.espalier.engine.kernel.Team;
import org.espalier.engine.kernel.Values;

/**
 * A convolution of feature maps by products of matrices: for each strip one per element of the
 * kernels, on the maps as they lie. Nothing is unfolded. Threads take strips, or, where there are
 * few and for the kernels' gradient, parts of the channels.
 */
final class MapProducts implements MapConvolution {
  private static final int ZEROS = 4096;

  private final MapLayout images;
  private final MapLayout results;
  private final int elements;
  private final Strips strips;
  private final KernelPlanes planes;
  private final Supplier<PartProducts> library;
  private final Tiles forward;
  private final Tiles backward;
  private final Tiles gradients;
  private final float[] zeros = new float[ZEROS];
  private final Team.Part forwardPart = this::forward;
  private final Team.Part backwardPart = this::backward;
  private final Team.Part gradientPart = this::gradient;
  private PartProducts[] products = {};
  private FloatValues given;
  private FloatValues kernels;
  private FloatValues result;
  private Into into;

  /**
   * A convolution.
   *
   * @param library makes products, one for each thread
   * @param slices of channels, where these are cut
   */
  MapProducts(
      MapConvolutionShape shape,
      MapLayout images,
      MapLayout results,
      Supplier<PartProducts> library,
      Slices slices) {
    this.images = images;
    this.results = results;
    this.library = library;
    this.elements = shape.elements();
    this.strips = Strips.of(shape, images, results);
    this.planes =
        elements == 1 ? null : new KernelPlanes(results.channels(), images.channels(), elements);
    int in = images.channels();
    int out = results.channels();
    this.forward =
        Tiles.whereFew(
            strips.results(),
            out,
            slices,
            (strip, channels) ->
                ProductShape.plain(channels, strip.length(), in)
                    .strides(in, images.channelLength(), results.channelLength()));
    this.backward =
        Tiles.whereFew(
            strips.images(),
            in,
            slices,
            (strip, channels) ->
                ProductShape.leftTransposed(channels, strip.length(), out)
                    .strides(in, results.channelLength(), images.channelLength()));
    this.gradients =
        Tiles.cut(
            strips.results(),
            out,
            slices,
            (strip, channels) ->
                ProductShape.rightTransposed(channels, in, strip.length())
                    .strides(results.channelLength(), images.channelLength(), in));
  }

  @Override
  public void forward(Values maps, Values weights, Values to) {
    given = FloatValues.require(maps);
    result = FloatValues.require(to);
    kernels = planes(weights);
    run(forward.count(), forwardPart);
  }

  private void forward(int tile, int member) {
    Strip strip = strips.results().get(forward.strip(tile));
    int channel = forward.firstChannel(tile);
    for (int i = 0; i < strip.elements().length; i++) {
      products[member].multiply(
          forward.shape(tile, i == 0 ? Into.REPLACE : Into.ADD),
          kernels,
          plane(strip.elements()[i]) + channel * images.channels(),
          given,
          strip.met()[i],
          result,
          channel * results.channelLength() + strip.at());
    }
  }

  @Override
  public void backwardImages(Values resultGradient, Values weights, Values gradient, Into what) {
    given = FloatValues.require(gradient);
    result = FloatValues.require(resultGradient);
    kernels = planes(weights);
    into = what;
    run(backward.count(), backwardPart);
  }

  private void backward(int tile, int member) {
    Strip strip = strips.images().get(backward.strip(tile));
    int channel = backward.firstChannel(tile);
    if (strip.elements().length == 0 && into == Into.REPLACE) {
      clear(strip, channel, backward.endChannel(tile));
    }
    for (int i = 0; i < strip.elements().length; i++) {
      products[member].multiply(
          backward.shape(tile, i == 0 ? into : Into.ADD),
          kernels,
          plane(strip.elements()[i]) + channel,
          result,
          strip.met()[i],
          given,
          channel * images.channelLength() + strip.at());
    }
  }

  private void clear(Strip strip, int firstChannel, int endChannel) {
    for (int channel = firstChannel; channel < endChannel; channel++) {
      int at = channel * images.channelLength() + strip.at();
      for (int done = 0; done < strip.length(); done += ZEROS) {
        given.write(at + done, zeros, Math.min(ZEROS, strip.length() - done));
      }
    }
  }

  @Override
  public void backwardKernels(Values maps, Values resultGradient, Values kernelGradient) {
    given = FloatValues.require(maps);
    result = FloatValues.require(resultGradient);
    kernels = planes == null ? FloatValues.require(kernelGradient) : planes.values();
    run(gradients.parts(), gradientPart);
    if (planes != null) {
      planes.write(kernelGradient);
    }
  }

  private void gradient(int part, int member) {
    for (int number = 0; number < strips.results().size(); number++) {
      Strip strip = strips.results().get(number);
      int tile = gradients.tile(number, part);
      int channel = gradients.firstChannel(tile);
      ProductShape shape = gradients.shape(tile, number == 0 ? Into.REPLACE : Into.ADD);
      for (int e = 0; e < elements; e++) {
        products[member].multiply(
            shape,
            result,
            channel * results.channelLength() + strip.at(),
            given,
            strip.met()[e],
            kernels,
            plane(e) + channel * images.channels());
      }
    }
  }

  private void run(int parts, Team.Part part) {
    Team team = Team.ofThread();
    while (products.length < team.size()) {
      products = Arrays.copyOf(products, products.length + 1);
      products[products.length - 1] = library.get();
    }
    team.run(parts, part);
  }

  private FloatValues planes(Values weights) {
    if (planes == null) {
      return FloatValues.require(weights);
    }
    planes.read(weights);
    return planes.values();
  }

  private int plane(int element) {
    return element * images.channels() * results.channels();
  }

  @Override
  public void close() {
    if (planes != null) {
      planes.release();
    }
  }
}
