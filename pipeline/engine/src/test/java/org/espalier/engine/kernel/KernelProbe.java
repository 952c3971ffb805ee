package org.espalier.engine.kernel;

import java.util.Arrays;

/** Prints what a JVM's kernels are and compute; {@link VariantsTest} starts it in several JVMs. */
final class KernelProbe {
  private static final int LENGTH = 5_003;

  private KernelProbe() {}

  public static void main(String[] arguments) {
    Kernels kernels = Kernels.chosen();
    System.out.println(kernels.line());
    ProductShape product = ProductShape.rightTransposed(33, 31, 100);
    Values a = Samples.normals(1, 3_300);
    Values b = Samples.normals(2, 3_100);
    Values c = Values.floats(33 * 31);
    Values expected = Values.floats(33 * 31);
    kernels.products().multiply(product, a, b, c);
    Kernels.reference().products().multiply(product, a, b, expected);
    Samples.requireClose(c, expected, 1e-5);
    ConvolutionShape shape = new ConvolutionShape(3, 9, 7, 3, 5, 3, 3, 2, 1);
    Values x = Samples.normals(3, shape.imageLength());
    Values w = Samples.normals(4, shape.kernelLength());
    Values y = Values.floats(shape.resultLength());
    Values slow = Values.floats(shape.resultLength());
    try (Convolution fast = kernels.convolution(shape);
        Convolution reference = Kernels.reference().convolution(shape)) {
      fast.forward(x, w, y);
      reference.forward(x, w, slow);
    }
    Samples.requireClose(y, slow, 1e-5);
    System.out.println("bits " + elementwise(kernels));
  }

  /** A hash of what passes with noise, roots, exponentials and logarithms leave. */
  static int elementwise(Kernels kernels) {
    Values theta = Samples.normals(5, LENGTH);
    Values logSigma2 = Samples.normals(6, LENGTH);
    Values ofTheta = Samples.normals(7, LENGTH);
    Values ofLog = Samples.normals(8, LENGTH);
    Values variance = Values.floats(LENGTH);
    kernels.variational().variance(theta, logSigma2, variance);
    kernels.variational().parameterGradient(theta, variance, ofTheta, ofLog, 0.1);
    Values open = Values.floats(LENGTH);
    kernels.gates().draw(theta, logSigma2, Noise.stream(9), theta, open, logSigma2);
    kernels.rows().addNormal(ofTheta, 0.5, Noise.stream(10), ofTheta);
    Values pooled = Values.floats(2 * 3 * 3 * 5);
    PoolingShape windows = new PoolingShape(2, 7, 6, 5, 2);
    Values images = ofLog.part(0, 2 * 7 * 6 * 5);
    kernels.pooling().forward(windows, images, pooled);
    kernels.pooling().backward(windows, images, pooled, pooled, images);
    kernels.rows().activate(open, theta.part(0, 5_003), Activation.RELU);
    int hash = 1;
    for (Values values : new Values[] {theta, logSigma2, open, ofTheta, ofLog, pooled}) {
      hash = 31 * hash + Arrays.hashCode(Samples.bits(values));
    }
    return hash;
  }
}
