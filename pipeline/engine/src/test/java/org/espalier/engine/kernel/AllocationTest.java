package org.espalier.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A call of a kernel leaves nothing for the garbage collector. */
@Tag("own-jvm")
class AllocationTest {
  private static final int CALLS = 200;
  private static final int MEASUREMENTS = 60;
  private static final int QUIET = 3; // In a row, and the compiler is done.
  private static final long FEW = 100; // A few records may not escape.
  private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** First of all: what the compiler has seen here counts for the passes too, as in training. */
  @BeforeAll
  static void weightedSumsAllocateNothing() {
    WeightedSums averaging = Kernels.named("auto").sums();
    FloatBuffer values = FloatBuffer.allocate(10_000);
    double[] sums = new double[10_000];
    requireNothing(
        () -> {
          averaging.add(values, 0.125, sums);
          averaging.divide(sums, 1, values);
        });
  }

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

  @Test
  void sparsifyingPassesAllocateNothing() {
    VariationalPasses variational = Kernels.named("auto").variational();
    Values y = Samples.normals(1, 100 * 300);
    Values deviation = Samples.uniforms(2, 100 * 300);
    Values bias = Samples.normals(3, 300);
    Noise noise = Noise.stream(4);
    requireNothing(
        () -> {
          variational.sample(y, deviation, bias, Activation.RELU, noise, Sharing.NONE);
          variational.sampleGradient(y, y, deviation, Activation.RELU, noise, Sharing.NONE, bias);
        });
    Values theta = Samples.normals(5, 20_000);
    Values companion = Samples.normals(6, 20_000);
    Values third = Samples.normals(7, 20_000);
    Values fourth = Samples.normals(8, 20_000);
    Values fifth = Samples.normals(9, 20_000);
    requireNothing(
        () -> {
          variational.variance(theta, companion, third);
          variational.parameterGradient(theta, third, fourth, fourth, 1e-3);
          variational.divergence(theta, companion);
        });
    GatePasses gates = Kernels.named("auto").gates();
    requireNothing(
        () -> {
          gates.draw(theta, companion, noise, third, fifth, fourth);
          gates.gradient(theta, third, fifth, fourth, fourth, 1e-3);
          gates.penaltyGradient(companion, fourth, 1e-3);
        });
  }

  /**
   * Repeats a call until the compiler is done with it: vectors are allocated until then, and again
   * for one call whenever it goes back to the interpreter to be compiled anew.
   */
  private static void requireNothing(Runnable call) {
    List<Long> perCall = new ArrayList<>();
    for (int quiet = 0; quiet < QUIET && perCall.size() < MEASUREMENTS; ) {
      perCall.add(bytesPerCall(call));
      quiet = perCall.get(perCall.size() - 1) < FEW ? quiet + 1 : 0;
    }
    assertThat(perCall.subList(perCall.size() - QUIET, perCall.size()))
        .as("bytes per call, the last of %s", perCall)
        .allSatisfy(bytes -> assertThat(bytes).isLessThan(FEW));
  }

  private static long bytesPerCall(Runnable call) {
    long thread = Thread.currentThread().getId();
    long before = THREAD.getThreadAllocatedBytes(thread);
    for (int i = 0; i < CALLS; i++) {
      call.run();
    }
    return (THREAD.getThreadAllocatedBytes(thread) - before) / CALLS;
  }
}
