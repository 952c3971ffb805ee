package org.espalier.engine.arithmetic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class CpuNativesTest {
  @Test
  void theWidestVectorsThatTheCpuHasAreChosen() {
    assertThat(
            CpuNatives.extensionFor(
                Set.of("avx512f", "avx512bw", "avx512dq", "avx512vl", "avx2", "fma")))
        .isEqualTo("-onednn-avx512");
    assertThat(CpuNatives.extensionFor(Set.of("avx512f", "avx2", "fma"))).isEqualTo("-onednn-avx2");
    assertThat(CpuNatives.extensionFor(Set.of("sse4_2"))).isEmpty();
  }

  @Test
  void blasIsToldTheKernelsThatTheCpuHas() {
    assertThat(
            CpuNatives.blasCoreFor(
                Set.of("avx512f", "avx512bw", "avx512dq", "avx512vl", "avx2", "fma")))
        .isEqualTo("SkylakeX");
    assertThat(CpuNatives.blasCoreFor(Set.of("avx2", "fma"))).isEqualTo("Haswell");
    assertThat(CpuNatives.blasCoreFor(Set.of())).isEmpty();
  }
}
