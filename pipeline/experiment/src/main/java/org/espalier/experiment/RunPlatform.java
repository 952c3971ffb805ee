package org.espalier.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.espalier.averaging.ArithmeticFingerprint;
import org.espalier.results.Platform;

/** What the driver runs on, and what does the arithmetic: the same on every executor. */
final class RunPlatform {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  private RunPlatform() {}

  static Platform current(String spark) {
    String dl4j = ComputationGraph.class.getPackage().getImplementationVersion();
    return new Platform(
        "%s %s, %s, %s"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                cpu(),
                ArithmeticFingerprint.ofProcess()),
        System.getProperty("java.vm.name") + " " + Runtime.version(),
        spark,
        dl4j == null ? "unknown" : dl4j);
  }

  private static String cpu() {
    try (Stream<String> lines = Files.lines(CPU_INFO)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown CPU");
    } catch (IOException e) {
      return "unknown CPU";
    }
  }
}
