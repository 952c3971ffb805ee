package org.espalier.sparsity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.espalier.base.Refusal;
import org.junit.jupiter.api.Test;

class MaskSetTest {
  private final MaskSet masks =
      MaskSet.of(Map.of("b", Mask.where(100, i -> i % 4 == 0), "a", Mask.all(50)));

  @Test
  void hashIsWhatItAlwaysWas() {
    assertThat(masks.sha256())
        .isEqualTo("36db2b2127ab8ad009dc5ad82f874b184b02b5d625c8380900bdbedd13885dc3");
    assertThat(Long.toHexString(masks.hash())).isEqualTo(masks.sha256().substring(0, 16));
    assertThat(MaskSet.of(Map.of()).sha256())
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  }

  @Test
  void hashChangesWithEveryBitNameAndLength() {
    assertThat(masks.hash())
        .isNotEqualTo(with("b", Mask.where(100, i -> i % 4 == 0 && i != 96)).hash())
        .isNotEqualTo(with("b", Mask.where(101, i -> i % 4 == 0 && i != 100)).hash())
        .isNotEqualTo(MaskSet.of(Map.of("c", masks.mask("b"), "a", Mask.all(50))).hash())
        .isEqualTo(with("b", Mask.where(100, i -> i % 4 == 0)).hash());
  }

  @Test
  void sparsityCountsOnlySparseTensorsAndExemptOnesAsDense() {
    assertThat(masks.length()).isEqualTo(150);
    assertThat(masks.kept()).isEqualTo(75);
    assertThat(masks.sparsity()).isEqualTo(0.5);
    assertThat(masks.mask("b").sparsity()).isEqualTo(0.75);
    assertThat(masks.names()).containsExactly("a", "b");
    assertThat(MaskSet.of(Map.of()).sparsity()).isZero();
  }

  @Test
  void denseMasksKeepEveryWeightOfEveryTensor() {
    SparseTensors tensors = tensors(50, 100);

    assertThat(MaskSet.dense(tensors).kept()).isEqualTo(150);
    MaskSet.dense(tensors).requireFits(tensors);
    assertThat(MaskSet.dense(tensors).reactivatedSince(masks)).isEqualTo(75);
  }

  @Test
  void masksOfAnotherNetworkAreRefused() {
    assertThatThrownBy(() -> masks.requireFits(tensors(50, 99)))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot use the mask of b: it has 100 weights and the network's tensor 99; take masks"
                + " of the same network.");
    assertThatThrownBy(() -> masks.requireFits(SparseTensors.of(tensors(50, 100).at(0))))
        .isInstanceOf(Refusal.class)
        .hasMessage("Cannot find a sparse tensor b in this network: it has 1, the nearest are a.");
    assertThatThrownBy(() -> MaskSet.of(Map.of("a", Mask.all(50))).requireFits(tensors(50, 100)))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot use these masks: they lack one for the network's tensor b; take masks of the"
                + " same network.");
    assertThatThrownBy(() -> masks.mask("bb"))
        .isInstanceOf(Refusal.class)
        .hasMessage("Cannot find a mask for bb among 2 masks: the nearest are b, a.");
  }

  private MaskSet with(String name, Mask mask) {
    return MaskSet.of(Map.of("a", masks.mask("a"), name, mask));
  }

  private static SparseTensors tensors(int a, int b) {
    return SparseTensors.of(
        new SparseTensor("a", WeightLayout.OUT_IN, 0, 1, a),
        new SparseTensor("b", WeightLayout.OUT_IN, a, 1, b));
  }
}
