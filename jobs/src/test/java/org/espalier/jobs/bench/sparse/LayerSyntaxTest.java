package org.espalier.jobs.bench.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.espalier.base.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LayerSyntaxTest {
  @Test
  void aMatrix() {
    LayerShape shape = LayerSyntax.parse(" 784X300@100 ");
    assertThat(shape).isEqualTo(new MatrixLayer(784, 300, 100)).hasToString("784x300@100");
    assertThat(shape.weights().shape()).containsExactly(300, 784);
  }

  @Test
  void aConvolutionOf1x1KernelsHasAPositionForEveryPixel() {
    LayerShape shape = LayerSyntax.parse("256x64@28x56b8");
    assertThat(shape).isInstanceOf(ConvolutionLayer.class).hasToString("256x64@28x56b8");
    assertThat(shape.inputPositions()).isEqualTo(8 * 28 * 56);
    assertThat(shape.outputPositions()).isEqualTo(8 * 28 * 56);
    assertThat(shape.inputs()).isEqualTo(256);
    assertThat(shape.outputs()).isEqualTo(64);
    assertThat(shape.weights().shape()).containsExactly(64, 256, 1, 1);
  }

  @Test
  void aBatchIsOneImageWhereNothingElseIsSaid() {
    assertThat(LayerSyntax.parse("8x16k1s1@7x5")).hasToString("8x16@7x5b1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "784",
        "784x300",
        "784-300@100",
        "0x300@100",
        "784x300@0",
        "784x300@-1",
        "784x300k3@100",
        "784x300s2@100",
        "784x300@100b8",
        "64x64@56x56b0",
        "64x64s2k3@56x56",
        "12345678x1@1"
      })
  void whatIsNoShapeIsRefused(String text) {
    assertThatThrownBy(() -> LayerSyntax.parse(text))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot measure the layer '%s': it is not a shape; write INxOUT@POSITIONS for a matrix and INxOUT[kKERNEL][sSTRIDE]@HEIGHTxWIDTH[bBATCH] for a convolution, such as 784x300@100 and 256x64@56x56b8.",
            text);
  }

  @ParameterizedTest
  @CsvSource({
    "9999999x9999999@1, 99999980000001",
    "1x2@9999999x9999999b9999999, 1999999400000059900000",
    "64x8@4096x1025, 268697600"
  })
  void whatIsTooLargeIsRefused(String text, String values) {
    assertThatThrownBy(() -> LayerSyntax.parse(text))
        .isInstanceOf(Refusal.class)
        .hasMessageMatching(
            "Cannot measure the layer %s: one of its tensors has [0-9]{%d} values; choose a layer whose tensors have at most 268435456\\."
                .formatted(text, values.length()));
  }
}
