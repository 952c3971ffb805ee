package org.espalier.engine.kernel;

/**
 * A convolution as products of unfolded images, one image after the other: what runs where oneDNN
 * is absent.
 */
final class UnfoldedConvolution implements Convolution {
  private final ConvolutionShape shape;
  private final Products products;
  private final int windows;
  private final int depth;
  private final FloatValues unfolded;
  private final FloatValues kernels;
  private final ProductShape forward;
  private final ProductShape ofUnfolded;
  private final ProductShape ofKernels;
  private final float[] run;
  private final float[] sum;

  UnfoldedConvolution(ConvolutionShape shape, Products products) {
    this.shape = shape;
    this.products = products;
    this.windows = shape.resultHeight() * shape.resultWidth();
    this.depth = shape.kernelHeight() * shape.kernelWidth() * shape.inputs();
    this.unfolded = FloatValues.allocate(Math.multiplyExact(windows, depth));
    this.kernels = FloatValues.allocate(shape.kernelLength());
    this.forward = ProductShape.rightTransposed(windows, shape.outputs(), depth);
    this.ofUnfolded = ProductShape.plain(windows, depth, shape.outputs());
    this.ofKernels = ProductShape.leftTransposed(shape.outputs(), depth, windows);
    this.run = new float[shape.inputs()];
    this.sum = new float[shape.inputs()];
  }

  @Override
  public void forward(Values images, Values given, Values result) {
    shape.require(images, given, result);
    toWindowOrder(FloatValues.require(given));
    for (int b = 0; b < shape.batch(); b++) {
      unfold(FloatValues.require(images), b);
      products.multiply(forward, unfolded, kernels, ofImage(result, b));
    }
  }

  @Override
  public void backwardImages(Values resultGradient, Values given, Values imageGradient) {
    shape.require(imageGradient, given, resultGradient);
    toWindowOrder(FloatValues.require(given));
    imageGradient.fill(0);
    for (int b = 0; b < shape.batch(); b++) {
      products.multiply(ofUnfolded, ofImage(resultGradient, b), kernels, unfolded);
      fold(FloatValues.require(imageGradient), b);
    }
  }

  @Override
  public void backwardKernels(Values images, Values resultGradient, Values kernelGradient) {
    shape.require(images, kernelGradient, resultGradient);
    for (int b = 0; b < shape.batch(); b++) {
      unfold(FloatValues.require(images), b);
      ProductShape product = b == 0 ? ofKernels : ofKernels.adding();
      products.multiply(product, ofImage(resultGradient, b), unfolded, kernels);
    }
    FloatValues target = FloatValues.require(kernelGradient);
    for (int at = 0; at < kernels.length(); at++) {
      target.set(stored(at), kernels.get(at));
    }
  }

  @Override
  public void close() {
    unfolded.release();
    kernels.release();
  }

  private Values ofImage(Values results, int b) {
    int length = windows * shape.outputs();
    return results.part(b * length, length);
  }

  /** Copies `[outputs, inputs, height, width]` to `[outputs, height, width, inputs]`. */
  private void toWindowOrder(FloatValues given) {
    for (int at = 0; at < kernels.length(); at++) {
      kernels.set(at, given.get(stored(at)));
    }
  }

  /** Where the value that lies at {@code at} in window order is stored. */
  private int stored(int at) {
    int i = at % shape.inputs();
    int area = shape.kernelHeight() * shape.kernelWidth();
    int place = at / shape.inputs() % area;
    int o = at / shape.inputs() / area;
    return (o * shape.inputs() + i) * area + place;
  }

  private void unfold(FloatValues images, int b) {
    for (int window = 0; window < windows; window++) {
      for (int place = 0; place < shape.kernelHeight() * shape.kernelWidth(); place++) {
        int pixel = pixel(window, place, b);
        if (pixel < 0) {
          java.util.Arrays.fill(run, 0f);
        } else {
          images.read(pixel, run, run.length);
        }
        unfolded.write(window * depth + place * run.length, run, run.length);
      }
    }
  }

  private void fold(FloatValues images, int b) {
    for (int window = 0; window < windows; window++) {
      for (int place = 0; place < shape.kernelHeight() * shape.kernelWidth(); place++) {
        int pixel = pixel(window, place, b);
        if (pixel >= 0) {
          unfolded.read(window * depth + place * run.length, run, run.length);
          images.read(pixel, sum, sum.length);
          for (int i = 0; i < sum.length; i++) {
            sum[i] += run[i];
          }
          images.write(pixel, sum, sum.length);
        }
      }
    }
  }

  /** The index of the pixel under a place of a window, or -1 in the padding. */
  private int pixel(int window, int place, int b) {
    int top = window / shape.resultWidth() * shape.stride() - shape.padding();
    int left = window % shape.resultWidth() * shape.stride() - shape.padding();
    int row = top + place / shape.kernelWidth();
    int column = left + place % shape.kernelWidth();
    boolean outside = row < 0 || row >= shape.height() || column < 0 || column >= shape.width();
    return outside ? -1 : ((b * shape.height() + row) * shape.width() + column) * shape.inputs();
  }
}
