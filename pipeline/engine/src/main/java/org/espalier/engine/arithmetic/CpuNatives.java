package org.espalier.engine.arithmetic;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Chooses the builds of the native libraries that fit the CPU of this machine. */
final class CpuNatives {
  static final String EXTENSION_PROPERTY = "org.bytedeco.javacpp.platform.extension";
  static final String AVX512 = "-onednn-avx512";
  static final String AVX2 = "-onednn-avx2";

  private static final String BLAS_CORE_VARIABLE = "OPENBLAS_CORETYPE";
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
  private static final String FLAGS = "flags";
  private static final String MODEL = "model name";

  private CpuNatives() {}

  /**
   * Sets the property by which JavaCPP finds the library, and the variable by which OpenBLAS finds
   * its kernels, unless somebody has set them. Works only before ND4J's first class is loaded.
   */
  static void choose() {
    Set<String> flags = cpuFlags();
    if (System.getProperty(EXTENSION_PROPERTY) == null) {
      System.setProperty(EXTENSION_PROPERTY, extensionFor(flags));
    }
    environment().forEach(ProcessEnvironment::set);
  }

  /**
   * The kernels that OpenBLAS has been told to use, by {@link #choose} or by somebody else; the
   * CPU's model where it has not been told.
   */
  static String blasCore() {
    String told = System.getenv(BLAS_CORE_VARIABLE);
    String core = told == null ? blasCoreFor(cpuFlags()) : told;
    return core.isEmpty() ? cpuInfo(MODEL).orElse("of an unknown CPU") : core;
  }

  /**
   * What OpenBLAS has to be told on this machine, by variable; empty where somebody has told it.
   */
  static Map<String, String> environment() {
    String core = blasCoreFor(cpuFlags());
    return System.getenv(BLAS_CORE_VARIABLE) != null || core.isEmpty()
        ? Map.of()
        : Map.of(BLAS_CORE_VARIABLE, core);
  }

  /**
   * The kernels that OpenBLAS is to use. Left to itself it asks for the CPU's model, and takes the
   * oldest kernels that it has, several times slower, for every model that is younger than itself.
   */
  static String blasCoreFor(Set<String> flags) {
    return switch (extensionFor(flags)) {
      case AVX512 -> "SkylakeX";
      case AVX2 -> "Haswell";
      default -> "";
    };
  }

  /** The suffix of the fitting build, empty for the one that runs everywhere. */
  static String extensionFor(Set<String> flags) {
    if (flags.containsAll(Set.of("avx512f", "avx512bw", "avx512dq", "avx512vl"))) {
      return AVX512;
    }
    return flags.containsAll(Set.of("avx2", "fma")) ? AVX2 : "";
  }

  private static Set<String> cpuFlags() {
    return cpuInfo(FLAGS)
        .map(flags -> Set.copyOf(Arrays.asList(flags.split("\\s+"))))
        .orElse(Set.of());
  }

  /** What Linux says of the first CPU. */
  private static Optional<String> cpuInfo(String field) {
    try (Stream<String> lines = Files.lines(CPU_INFO)) {
      return lines
          .filter(line -> line.startsWith(field))
          .findFirst()
          .map(line -> line.substring(line.indexOf(':') + 1).strip());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
