package org.espalier.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.espalier.base.Refusal;
import org.junit.jupiter.api.Test;

class KernelsTest {
  @Test
  void whatDecidesBitsIsNamedAndLanesAreNot() {
    assertThat(Kernels.reference().arithmetic()).isEqualTo("reference");
    assertThat(Kernels.named("auto").arithmetic())
        .matches("oneDNN (avx2|avx512|0x[0-9a-f]+)|cblas");
    assertThat(Kernels.named("auto").cutInto(new Slices(5)).arithmetic())
        .isEqualTo(Kernels.named("auto").arithmetic());
  }

  @Test
  void otherKernelsThanTheChosenAreRefused() {
    assertThat(Kernels.chosen().line()).startsWith("kernels: fast");
    Kernels.choose("auto");
    assertThatThrownBy(() -> Kernels.choose("reference"))
        .isInstanceOf(Refusal.class)
        .hasMessageStartingWith(
            "Cannot choose the kernels 'reference': this JVM already runs the fast kernels")
        .hasMessageEndingWith("; choose before the first network is built.");
    assertThatThrownBy(() -> Kernels.choose("slow"))
        .hasMessage(
            "Cannot choose the kernels 'slow': they are unknown; choose one of auto, reference.");
  }
}
