package org.espalier.sparsity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.espalier.base.Refusal;
import org.junit.jupiter.api.Test;

class SparseTensorTest {
  @Test
  void shapeIsReadByItsLayout() {
    SparseTensor dense = new SparseTensor("fc/W", WeightLayout.IN_OUT, 7, 300, 100);
    SparseTensor conv =
        new SparseTensor("conv/W", WeightLayout.OUT_IN_HEIGHT_WIDTH, 0, 64, 3, 7, 7);

    assertThat(dense.length()).isEqualTo(30_000);
    assertThat(dense.outputs()).isEqualTo(100);
    assertThat(dense.columns()).isEqualTo(300);
    assertThat(conv.outputs()).isEqualTo(64);
    assertThat(conv.inputs()).isEqualTo(3);
    assertThat(conv.columns()).isEqualTo(147);
    assertThat(conv).hasToString("conv/W[64, 3, 7, 7]@0");
  }

  @Test
  void shapeCannotBeChangedFromOutside() {
    int[] shape = {2, 3};
    SparseTensor tensor = new SparseTensor("fc/W", WeightLayout.OUT_IN, 0, shape);
    shape[0] = 9;
    tensor.shape()[1] = 9;

    assertThat(tensor.shape()).containsExactly(2, 3);
  }

  @Test
  void impossibleTensorsAreRefused() {
    assertThatThrownBy(() -> new SparseTensor("fc/W", WeightLayout.IN_OUT, 0, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot read the shape [3] of fc/W as [in out]: it must have 2 dimensions");
    assertThatThrownBy(() -> new SparseTensor("fc/W", WeightLayout.IN_OUT, 0, 3, 0))
        .hasMessage("Cannot use the shape [3, 0] of fc/W: every dimension must be at least 1");
    assertThatThrownBy(() -> new SparseTensor("fc/W", WeightLayout.IN_OUT, -1, 3, 1))
        .hasMessage("Cannot place fc/W at offset -1: it must be at least 0");
    assertThatThrownBy(() -> new SparseTensor("fc/W", WeightLayout.IN_OUT, 0, 65536, 65536))
        .hasMessageContaining("ends beyond the 2147483647 entries");
    assertThatThrownBy(() -> new SparseTensor("", WeightLayout.IN_OUT, 0, 1, 1))
        .hasMessage("Cannot make a sparse tensor without a name");
  }

  @Test
  void tensorsAreListedInFlatOrderAndFoundByName() {
    SparseTensor late = new SparseTensor("a", WeightLayout.OUT_IN, 10, 2, 2);
    SparseTensor early = new SparseTensor("b", WeightLayout.OUT_IN, 0, 2, 5);
    SparseTensors tensors = SparseTensors.of(late, early);

    assertThat(tensors).containsExactly(early, late);
    assertThat(tensors.named("a")).isEqualTo(late);
    assertThat(tensors.totalLength()).isEqualTo(14);
    assertThat(tensors.greatestLength()).isEqualTo(10);
  }

  @Test
  void unknownNameIsRefusedWithTheNearestOnes() {
    SparseTensors tensors =
        SparseTensors.of(
            new SparseTensor("conv1/W", WeightLayout.OUT_IN, 0, 1, 1),
            new SparseTensor("conv2/W", WeightLayout.OUT_IN, 1, 1, 1),
            new SparseTensor("dense/W", WeightLayout.OUT_IN, 2, 1, 1),
            new SparseTensor("embedding/W", WeightLayout.OUT_IN, 3, 1, 1));

    assertThatThrownBy(() -> tensors.named("conv1"))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot find a sparse tensor conv1 in this network: it has 4, the nearest are"
                + " conv1/W, conv2/W, dense/W.");
    assertThatThrownBy(() -> SparseTensors.of().named("conv1"))
        .hasMessage("Cannot find a sparse tensor conv1 in this network: it has 0.");
  }

  @Test
  void overlapAndRepeatedNamesAreRefused() {
    SparseTensor first = new SparseTensor("a", WeightLayout.OUT_IN, 0, 2, 2);

    assertThatThrownBy(
            () -> SparseTensors.of(first, new SparseTensor("b", WeightLayout.OUT_IN, 3, 2, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot list b[2, 2]@3: it overlaps a[2, 2]@0 in the flat vector");
    assertThatThrownBy(
            () -> SparseTensors.of(first, new SparseTensor("a", WeightLayout.OUT_IN, 4, 2, 2)))
        .hasMessage("Cannot list two sparse tensors of the name a");
  }
}
