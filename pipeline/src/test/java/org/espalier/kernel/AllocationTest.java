package org.espalier.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** A call of a kernel leaves nothing for the garbage collector. */
class AllocationTest {
  private static final int CALLS = 200;
  private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  void nativeKernelsAllocateNothing() {
    Kernels kernels = Kernels.named("auto");
    Products products = kernels.products();
    ProductShape shape = ProductShape.plain(17, 31, 33);
    Values a = Samples.normals(1, 17 * 33);
    Values b = Samples.normals(2, 33 * 31);
    Values c = Values.floats(17 * 31);
    requireNothing(() -> products.multiply(shape, a, b, c));
    ConvolutionShape window = new ConvolutionShape(4, 8, 8, 3, 5, 3, 3, 1, 1);
    Values x = Samples.normals(1, window.imageLength());
    Values w = Samples.normals(2, window.kernelLength());
    Values y = Values.floats(window.resultLength());
    try (Convolution convolution = kernels.convolution(window)) {
      requireNothing(
          () -> {
            convolution.forward(x, w, y);
            convolution.backwardImages(y, w, x);
            convolution.backwardKernels(x, y, w);
          });
    }
  }

  @Test
  void plainPassesAllocateNothing() {
    RowPasses rows = Kernels.named("auto").rows();
    Values z = Samples.normals(1, 100 * 300);
    Values bias = Samples.normals(2, 300);
    Values gradient = Values.floats(300);
    requireNothing(
        () -> {
          rows.activate(z, bias, Activation.RELU);
          rows.gradient(z, z, Activation.RELU, gradient);
          rows.square(z, z);
        });
  }

  private static void requireNothing(Runnable call) {
    long thread = Thread.currentThread().getId();
    for (int i = 0; i < CALLS; i++) {
      call.run();
    }
    long before = THREAD.getThreadAllocatedBytes(thread);
    for (int i = 0; i < CALLS; i++) {
      call.run();
    }
    long perCall = (THREAD.getThreadAllocatedBytes(thread) - before) / CALLS;
    assertThat(perCall).as("bytes per call").isLessThan(100); // A few records may not escape.
  }
}
