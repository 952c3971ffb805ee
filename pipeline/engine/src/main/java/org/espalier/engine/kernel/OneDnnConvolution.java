package org.espalier.engine.kernel;

/**
 * A convolution by oneDNN, the batch cut into slices of one thread each; the slices' kernel
 * gradients are summed in their order.
 */
final class OneDnnConvolution implements Convolution {
  private enum Direction {
    FORWARD,
    IMAGES,
    KERNELS
  }

  private final ConvolutionShape shape;
  private final OneDnnSlice[] slices;
  private final RowPasses rows;
  private final Team.Part part = this::slice;
  private Direction direction;
  private FloatValues images;
  private FloatValues kernels;
  private FloatValues result;
  private boolean closed;

  OneDnnConvolution(ConvolutionShape shape, RowPasses rows, Slices most) {
    this.shape = shape;
    this.rows = rows;
    this.slices = new OneDnnSlice[Math.min(most.count(), shape.batch())];
    for (int i = 0; i < slices.length; i++) {
      int from = Slices.start(i, slices.length, shape.batch());
      int to = Slices.start(i + 1, slices.length, shape.batch());
      slices[i] = new OneDnnSlice(shape.withBatch(to - from));
    }
  }

  @Override
  public void forward(Values given, Values weights, Values to) {
    run(Direction.FORWARD, given, weights, to);
  }

  @Override
  public void backwardImages(Values resultGradient, Values weights, Values imageGradient) {
    run(Direction.IMAGES, imageGradient, weights, resultGradient);
  }

  @Override
  public void backwardKernels(Values given, Values resultGradient, Values kernelGradient) {
    run(Direction.KERNELS, given, kernelGradient, resultGradient);
    for (int i = 1; i < slices.length; i++) {
      rows.add(kernelGradient, slices[i].kernelGradient());
    }
  }

  @Override
  public void close() {
    closed = true;
    for (OneDnnSlice slice : slices) {
      slice.close();
    }
  }

  private void run(Direction chosen, Values given, Values weights, Values to) {
    if (closed) {
      throw new IllegalStateException(
          "Cannot convolve after the convolution was closed; close it when the last step is done.");
    }
    shape.require(given, weights, to);
    direction = chosen;
    images = FloatValues.require(given);
    kernels = FloatValues.require(weights);
    result = FloatValues.require(to);
    Team.ofThread().run(slices.length, part);
  }

  private void slice(int slice, int member) {
    long from = Slices.start(slice, slices.length, shape.batch());
    long image =
        images.address() + from * shape.height() * shape.width() * shape.inputs() * Float.BYTES;
    long at =
        result.address()
            + from * shape.resultHeight() * shape.resultWidth() * shape.outputs() * Float.BYTES;
    switch (direction) {
      case FORWARD -> slices[slice].forward(image, kernels.address(), at);
      case IMAGES -> slices[slice].backwardImages(at, kernels.address(), image);
      case KERNELS -> {
        long own = slice == 0 ? kernels.address() : slices[slice].kernelGradient().address();
        slices[slice].backwardKernels(image, at, own);
      }
    }
  }
}
