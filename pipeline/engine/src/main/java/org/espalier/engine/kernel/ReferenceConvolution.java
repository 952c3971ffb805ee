package org.espalier.engine.kernel;

/** A convolution as its definition reads, summed in double precision. */
final class ReferenceConvolution implements Convolution {
  private final ConvolutionShape shape;

  ReferenceConvolution(ConvolutionShape shape) {
    this.shape = shape;
  }

  /** What is done with each pair of image and kernel values that meet in a result value. */
  private interface Meeting {
    void at(int result, int image, int kernel);
  }

  @Override
  public void forward(Values images, Values kernels, Values result) {
    shape.require(images, kernels, result);
    double[] sums = new double[result.length()];
    visit((r, i, k) -> sums[r] += images.get(i) * kernels.get(k));
    store(sums, result);
  }

  @Override
  public void backwardImages(Values resultGradient, Values kernels, Values imageGradient) {
    shape.require(imageGradient, kernels, resultGradient);
    double[] sums = new double[imageGradient.length()];
    visit((r, i, k) -> sums[i] += resultGradient.get(r) * kernels.get(k));
    store(sums, imageGradient);
  }

  @Override
  public void backwardKernels(Values images, Values resultGradient, Values kernelGradient) {
    shape.require(images, kernelGradient, resultGradient);
    double[] sums = new double[kernelGradient.length()];
    visit((r, i, k) -> sums[k] += resultGradient.get(r) * images.get(i));
    store(sums, kernelGradient);
  }

  @Override
  public void close() {}

  private void visit(Meeting meeting) {
    int result = 0;
    for (int b = 0; b < shape.batch(); b++) {
      for (int y = 0; y < shape.resultHeight(); y++) {
        for (int x = 0; x < shape.resultWidth(); x++) {
          for (int o = 0; o < shape.outputs(); o++) {
            window(meeting, result++, b, y, x, o);
          }
        }
      }
    }
  }

  private void window(Meeting meeting, int result, int b, int y, int x, int o) {
    for (int ky = 0; ky < shape.kernelHeight(); ky++) {
      int row = y * shape.stride() + ky - shape.padding();
      for (int kx = 0; kx < shape.kernelWidth(); kx++) {
        int column = x * shape.stride() + kx - shape.padding();
        if (row < 0 || row >= shape.height() || column < 0 || column >= shape.width()) {
          continue;
        }
        int image = ((b * shape.height() + row) * shape.width() + column) * shape.inputs();
        for (int i = 0; i < shape.inputs(); i++) {
          int kernel =
              ((o * shape.inputs() + i) * shape.kernelHeight() + ky) * shape.kernelWidth() + kx;
          meeting.at(result, image + i, kernel);
        }
      }
    }
  }

  private static void store(double[] sums, Values to) {
    for (int i = 0; i < sums.length; i++) {
      to.set(i, sums[i]);
    }
  }
}
