package org.espalier.averaging;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.espalier.base.Refusal;
import org.espalier.sparsity.Dense;
import org.espalier.sparsity.FixedMasks;
import org.espalier.sparsity.MaskSet;
import org.espalier.sparsity.MaskingMethod;
import org.espalier.sparsity.Regrowth;
import org.espalier.sparsity.SparseTensor;
import org.espalier.sparsity.SparseTensors;
import org.espalier.sparsity.WeightLayout;
import org.junit.jupiter.api.Test;

/** Methods that ask for what averaging does not give them are refused before a run starts. */
class UnhonouredMethodsTest {
  private static final Averaged PARAMETERS = new Averaged.Parameters();
  private static final SparseTensors TENSORS =
      SparseTensors.of(new SparseTensor("a", WeightLayout.OUT_IN, 0, 2, 3));

  @Test
  void aMethodThatNeedsGradientsIsRefused() {
    assertRefused(
        new ExchangeMethod(true, Regrowth.RAW_WEIGHT),
        "Cannot train under exchange: it needs averaged gradients, and parameters are averaged; average gradients (averaging.of = gradients), or use a method that does without, such as magnitude.");
  }

  @Test
  void otherMethodsAreAskedWhetherTheyFit() {
    assertThatCode(() -> MaskedAveraging.check(new Dense(), PARAMETERS, TENSORS, 10))
        .doesNotThrowAnyException();
    MaskSet ofAnother =
        MaskSet.dense(SparseTensors.of(new SparseTensor("b", WeightLayout.OUT_IN, 0, 2, 3)));
    assertThatThrownBy(
            () -> MaskedAveraging.check(new FixedMasks(ofAnother), PARAMETERS, TENSORS, 10))
        .isInstanceOf(Refusal.class)
        .hasMessageStartingWith("Cannot find a sparse tensor b in this network");
  }

  private static void assertRefused(MaskingMethod method, String sentence) {
    assertThatThrownBy(() -> MaskedAveraging.check(method, PARAMETERS, TENSORS, 10))
        .isInstanceOf(Refusal.class)
        .hasMessage(sentence);
    assertThatThrownBy(
            () -> new MaskedAveraging(null, "run", null, null, TENSORS, 1, null, null, method))
        .isInstanceOf(Refusal.class)
        .hasMessage(sentence);
  }
}
