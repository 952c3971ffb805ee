package org.espalier.engine.kernel.maps;

import org.espalier.engine.kernel.ProductShape.Into;
import org.espalier.engine.kernel.Values;

/** A {@link MapConvolution} as its definition reads, summed in double precision. */
final class ReferenceMapConvolution implements MapConvolution {
  private final MapConvolutionShape shape;
  private final MapLayout images;
  private final MapLayout results;

  /** A convolution from one layout into another. */
  ReferenceMapConvolution(MapConvolutionShape shape, MapLayout images, MapLayout results) {
    this.shape = shape;
    this.images = images;
    this.results = results;
  }

  /** What is done with each pair of map and kernel values that meet in a result value. */
  private interface Meeting {
    void at(int result, int image, int kernel);
  }

  @Override
  public void forward(Values maps, Values kernels, Values result) {
    double[] sums = new double[result.length()];
    visit((r, i, k) -> sums[r] += maps.get(i) * kernels.get(k));
    store(sums, result, Into.REPLACE);
  }

  @Override
  public void backwardImages(Values resultGradient, Values kernels, Values gradient, Into into) {
    double[] sums = new double[gradient.length()];
    visit((r, i, k) -> sums[i] += resultGradient.get(r) * kernels.get(k));
    store(sums, gradient, into);
  }

  @Override
  public void backwardKernels(Values maps, Values resultGradient, Values kernelGradient) {
    double[] sums = new double[kernelGradient.length()];
    visit((r, i, k) -> sums[k] += resultGradient.get(r) * maps.get(i));
    store(sums, kernelGradient, Into.REPLACE);
  }

  @Override
  public void close() {}

  private void visit(Meeting meeting) {
    for (int row = 0; row < shape.resultHeight(); row++) {
      for (int column = 0; column < shape.resultWidth(); column++) {
        for (int element = 0; element < shape.elements(); element++) {
          int y = row * shape.stride() + element / shape.size() - shape.padding();
          int x = column * shape.stride() + element % shape.size() - shape.padding();
          if (y >= 0 && y < shape.height() && x >= 0 && x < shape.width()) {
            channels(meeting, results.place(row, column), images.place(y, x), element);
          }
        }
      }
    }
  }

  private void channels(Meeting meeting, int result, int image, int element) {
    for (int o = 0; o < results.channels(); o++) {
      for (int i = 0; i < images.channels(); i++) {
        int kernel = (o * images.channels() + i) * shape.elements() + element;
        for (int b = 0; b < images.images(); b++) {
          meeting.at(
              o * results.channelLength() + result + b,
              i * images.channelLength() + image + b,
              kernel);
        }
      }
    }
  }

  private static void store(double[] sums, Values to, Into into) {
    for (int i = 0; i < sums.length; i++) {
      to.set(i, into == Into.ADD ? to.get(i) + sums[i] : sums[i]);
    }
  }
}
