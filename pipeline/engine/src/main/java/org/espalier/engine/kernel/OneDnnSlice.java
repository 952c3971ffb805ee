package org.espalier.engine.kernel;

import org.bytedeco.dnnl.stream;

/** The primitives of one slice of a convolution, each made when it is first needed. */
final class OneDnnSlice implements AutoCloseable {
  private final ConvolutionShape shape;
  private final stream queue = OneDnn.newStream();
  private OneDnnPrimitive forward;
  private OneDnnPrimitive images;
  private OneDnnPrimitive kernels;
  private FloatValues gradient;

  OneDnnSlice(ConvolutionShape shape) {
    this.shape = shape;
  }

  void forward(long image, long kernel, long result) {
    if (forward == null) {
      forward = OneDnnPrimitive.forward(shape);
    }
    forward.run(queue, image, kernel, result);
  }

  void backwardImages(long result, long kernel, long image) {
    if (images == null) {
      images = OneDnnPrimitive.backwardImages(shape);
    }
    images.run(queue, image, kernel, result);
  }

  void backwardKernels(long image, long result, long kernel) {
    if (kernels == null) {
      kernels = OneDnnPrimitive.backwardKernels(shape);
    }
    kernels.run(queue, image, kernel, result);
  }

  /** Where the gradient of this slice goes when it is not the first. */
  FloatValues kernelGradient() {
    if (gradient == null) {
      gradient = FloatValues.allocate(shape.kernelLength());
    }
    return gradient;
  }

  @Override
  public void close() {
    for (OneDnnPrimitive primitive : new OneDnnPrimitive[] {forward, images, kernels}) {
      if (primitive != null) {
        primitive.close();
      }
    }
    if (gradient != null) {
      gradient.release();
    }
    queue.close();
  }
}
