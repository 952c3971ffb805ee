package org.espalier.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.espalier.base.Refusal;
import org.junit.jupiter.api.Test;

class SlicesTest {
  private static final ConvolutionShape SHAPE =
      new ConvolutionShape(12, 14, 14, 16, 32, 3, 3, 1, 1);

  @Test
  void kernelsOfOneProcessCutIntoDifferentNumbers() {
    int[] two = gradient(Kernels.named("auto"));
    assertThat(gradient(Kernels.named("auto").cutInto(new Slices(2)))).isEqualTo(two);
    assertThat(gradient(Kernels.named("auto").cutInto(new Slices(3)))).isNotEqualTo(two);
    assertThat(gradient(Kernels.named("auto").cutInto(new Slices(1)))).isNotEqualTo(two);
  }

  @Test
  void aNumberOutOfRangeIsRefused() {
    for (int count : new int[] {0, 65}) {
      assertThatThrownBy(() -> new Slices(count))
          .isInstanceOf(Refusal.class)
          .hasMessage(
              "Cannot cut sums into %d slices: use a number from 1 to 64.".formatted(count));
    }
  }

  private static int[] gradient(Kernels kernels) {
    Values gradient = Values.floats(SHAPE.kernelLength());
    try (Convolution convolution = kernels.convolution(SHAPE)) {
      convolution.backwardKernels(
          Samples.normals(1, SHAPE.imageLength()),
          Samples.normals(2, SHAPE.resultLength()),
          gradient);
    }
    return Samples.bits(gradient);
  }
}
