package org.espalier.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.espalier.engine.arithmetic.Arithmetic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The same bits with one thread and two, in one task and in two at once, and on every repeat. */
class ThreadsTest {
  private static final int REPEATS = 5;
  private final int before = OpenMp.threads();

  @AfterEach
  void restoreThreads() {
    OpenMp.use(before);
  }

  @Test
  void aTaskUsesTheThreadsThatItsProcessWasPreparedFor() {
    try {
      OpenMp.use(1);
      assertThat(Arithmetic.prepare(3).threads()).isEqualTo(3);
      assertThat(Team.ofThread().size()).isEqualTo(1);
      Arithmetic.useThreadsOfTask();
      assertThat(Team.ofThread().size()).isEqualTo(3);
    } finally {
      var unused = Arithmetic.prepare(1);
    }
  }

  @Test
  void productsWhoseSumsTheLibraryWouldSplit() throws Exception {
    ProductShape shape = ProductShape.rightTransposed(100, 500, 800);
    requireSameBits(
        () -> {
          Values c = Values.floats(100 * 500);
          Kernels.named("auto")
              .products()
              .multiply(shape, Samples.normals(1, 80_000), Samples.normals(2, 400_000), c);
          return Samples.bits(c);
        });
  }

  @Test
  void kernelGradientsOfConvolutions() throws Exception {
    ConvolutionShape shape = new ConvolutionShape(7, 14, 14, 16, 32, 3, 3, 1, 1);
    requireSameBits(
        () -> {
          Values gradient = Values.floats(shape.kernelLength());
          try (Convolution convolution = Kernels.named("auto").convolution(shape)) {
            convolution.backwardKernels(
                Samples.normals(1, shape.imageLength()),
                Samples.normals(2, shape.resultLength()),
                gradient);
          }
          return Samples.bits(gradient);
        });
  }

  @Test
  void passesAndTheirSums() throws Exception {
    int n = 100_003;
    requireSameBits(
        () -> {
          Values theta = Samples.normals(1, n);
          Values logSigma2 = Samples.normals(2, n);
          Values ofTheta = Samples.normals(3, n);
          Values ofLog = Samples.normals(4, n);
          VariationalPasses variational = Kernels.named("auto").variational();
          Values variance = Values.floats(n);
          variational.variance(theta, logSigma2, variance);
          double sum = variational.parameterGradient(theta, variance, ofTheta, ofLog, 1);
          Values bias = Values.floats(17);
          Values delta = Samples.normals(5, 17 * 9_001);
          Kernels.named("auto").rows().gradient(delta, delta, Activation.RELU, bias);
          int[] bits = Samples.bits(ofLog);
          bits[0] ^= Double.hashCode(sum) ^ Arrays.hashCode(Samples.bits(bias));
          return bits;
        });
  }

  private static void requireSameBits(Callable<int[]> work) throws Exception {
    OpenMp.use(1);
    int[] expected = work.call();
    for (int threads : new int[] {1, 2, 3}) {
      OpenMp.use(threads);
      for (int repeat = 0; repeat < REPEATS; repeat++) {
        assertThat(work.call()).as("%d threads", threads).isEqualTo(expected);
      }
    }
    ExecutorService tasks = Executors.newFixedThreadPool(2);
    try {
      Callable<int[]> task =
          () -> {
            OpenMp.use(2);
            return work.call();
          };
      for (int repeat = 0; repeat < REPEATS; repeat++) {
        Future<int[]> one = tasks.submit(task);
        Future<int[]> two = tasks.submit(task);
        assertThat(one.get()).isEqualTo(expected);
        assertThat(two.get()).isEqualTo(expected);
      }
    } finally {
      tasks.shutdownNow();
    }
  }
}
