package org.espalier.engine.arithmetic;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.layers.mkldnn.BaseMKLDNNHelper;
import org.espalier.engine.kernel.Kernels;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What does the arithmetic in this JVM.
 *
 * @param backend ND4J's backend, {@code CPU} or {@code CUDA}
 * @param natives the build of the native library, such as {@code onednn-avx512}
 * @param blas the kernels of OpenBLAS, such as {@code SkylakeX}
 * @param threads per task; those that ND4J takes for its own operations are no more than {@code
 *     OMP_NUM_THREADS} allows
 * @param stockHelpers whether stock DL4J layers hand convolution and pooling to oneDNN
 * @param vectorModule whether the Vector API's module is there
 */
public record Arithmetic(
    String backend,
    String natives,
    String blas,
    int threads,
    boolean stockHelpers,
    boolean vectorModule) {
  private static final String HELPERS_DISABLED = "org.eclipse.deeplearning4j.helpers.disable";
  private static final String VECTOR_MODULE = "jdk.incubator.vector";
  private static final String GENERIC = "generic";
  private static final int NOT_PREPARED = 0;
  private static volatile int threadsOfTask = NOT_PREPARED;

  /**
   * Chooses the natives, loads ND4J and says what there is. To be called before anything else
   * touches ND4J; later calls change nothing but the number of threads.
   *
   * @param threads per task, at least 1, whatever {@code OMP_NUM_THREADS} says; for stock layers
   *     part of what fixes the bits of a result
   */
  public static Arithmetic prepare(int threads) {
    CpuNatives.choose();
    if (System.getProperty(HELPERS_DISABLED) == null) {
      System.setProperty(HELPERS_DISABLED, "false");
    }
    Nd4j.getEnvironment().setMaxMasterThreads(threads);
    threadsOfTask = threads;
    return current();
  }

  /**
   * Lets what the calling thread computes use the threads of a task from now on. Does nothing
   * before {@link #prepare}.
   */
  public static void useThreadsOfTask() {
    if (isPrepared()) {
      Kernels.useThreads(threadsOfTask);
    }
  }

  /** Whether {@link #prepare} was called in this JVM. */
  public static boolean isPrepared() {
    return threadsOfTask != NOT_PREPARED;
  }

  /** What there is in this JVM, prepared or not. */
  public static Arithmetic current() {
    String extension = System.getProperty(CpuNatives.EXTENSION_PROPERTY, "");
    return new Arithmetic(
        Nd4j.getExecutioner().getEnvironmentInformation().getProperty("backend"),
        extension.isEmpty() ? GENERIC : extension.substring(1),
        CpuNatives.blasCore(),
        isPrepared() ? threadsOfTask : Nd4j.getEnvironment().maxMasterThreads(),
        !extension.isEmpty()
            && !Boolean.getBoolean(HELPERS_DISABLED)
            && BaseMKLDNNHelper.mklDnnEnabled(),
        ModuleLayer.boot().findModule(VECTOR_MODULE).isPresent());
  }

  /**
   * The environment variables with which another program finds the BLAS kernels that this JVM
   * computes with, so that the two can be compared.
   */
  public static Map<String, String> environment() {
    return CpuNatives.environment();
  }

  /** One line for the log. */
  public String line() {
    return "arithmetic: ND4J %s, natives %s, BLAS %s, %d thread%s per task, oneDNN for stock layers %s, Vector API %s"
        .formatted(
            backend,
            natives,
            blas,
            threads,
            threads == 1 ? "" : "s",
            stockHelpers ? "on" : "off",
            vectorModule ? "on" : "off");
  }

  /** A sentence for everything that is slower than it could be, with what would bring it. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    if (natives.equals(GENERIC)) {
      warnings.add(
          "The arithmetic runs on natives without AVX2, which is slow; on a CPU that has it, set -D"
              + CpuNatives.EXTENSION_PROPERTY
              + "="
              + CpuNatives.AVX2
              + " for driver and executors.");
    }
    if (!stockHelpers && backend.equals("CPU")) {
      warnings.add(
          "Stock layers run without oneDNN, three times slower; set -D"
              + HELPERS_DISABLED
              + "=false and use natives with onednn in their name.");
    }
    if (!vectorModule) {
      warnings.add(
          "The Vector API is missing, so own kernels run as plain Java; add --add-modules "
              + VECTOR_MODULE
              + " to the options of driver and executors.");
    }
    return warnings;
  }
}
