package org.espalier.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** JVMs that lack something that the fast kernels like to have. */
class VariantsTest {
  private static final String MODULE = "--add-modules=jdk.incubator.vector";

  @Test
  void withoutTheVectorModule() throws Exception {
    String output = probe(classPath(), List.of());
    assertThat(output)
        .contains("elementwise by plain Java (the module jdk.incubator.vector is absent)");
    requireSameBits(output);
  }

  @Test
  void withoutOneDnn() throws Exception {
    String without =
        Arrays.stream(classPath().split(File.pathSeparator))
            .filter(path -> !Path.of(path).getFileName().toString().startsWith("dnnl-"))
            .collect(Collectors.joining(File.pathSeparator));
    String output = probe(without, List.of(MODULE));
    assertThat(output).contains("products and convolutions by cblas (oneDNN is absent)");
    requireSameBits(output);
  }

  @Test
  void withoutAvx512() throws Exception {
    String output = probe(classPath(), List.of(MODULE, "-XX:UseAVX=2"));
    assertThat(output).contains("elementwise by the Vector API, 8 lanes");
    requireSameBits(output);
  }

  @Test
  void byTheReferenceWhereAsked() throws Exception {
    String output = probe(classPath(), List.of("-D" + Kernels.PROPERTY + "=reference"));
    assertThat(output).contains("kernels: reference kernels (plain Java)");
  }

  /** Elementwise results do not depend on lanes. */
  private static void requireSameBits(String output) {
    assertThat(output).contains("bits " + KernelProbe.elementwise(Kernels.named("auto")));
  }

  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  private static String probe(String classPath, List<String> options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-Xmx512m", "-cp", classPath, KernelProbe.class.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
