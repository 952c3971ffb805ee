package org.espalier.engine.replica;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.espalier.engine.kernel.UpdateRule;
import org.espalier.engine.operations.LayerArithmetic;
import org.espalier.engine.optimiser.Optimiser;
import org.espalier.engine.weights.WeightForm;
import org.espalier.sparsity.Mask;
import org.espalier.sparsity.MaskSet;
import org.espalier.sparsity.SparseTensor;
import org.espalier.sparsity.SparseTensors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A replica as on other backends: ND4J's operations, flat vectors copied to the host. */
class OperationsReplicaTest {
  private static final int STEPS = 4;

  @AfterEach
  void useKernelsAgain() {
    System.clearProperty(LayerArithmetic.PROPERTY);
  }

  static Stream<WeightForm> forms() {
    return SeveralTensorsTest.forms();
  }

  @ParameterizedTest
  @MethodSource("forms")
  void everyFormFollowsTheKernels(WeightForm form) {
    follows(SmallNetwork.optimiser(SmallNetwork.ADAM, 0.003, 1e-3), form);
  }

  static Stream<UpdateRule> rules() {
    return Stream.of(SmallNetwork.ADAM, SmallNetwork.NESTEROV, SmallNetwork.SGD);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void everyRuleFollowsTheKernels(UpdateRule rule) {
    follows(SmallNetwork.optimiser(rule, 0.003, 1e-3), WeightForm.PLAIN);
  }

  private static void follows(Optimiser optimiser, WeightForm form) {
    float[] expected = trained(optimiser, form);
    System.setProperty(LayerArithmetic.PROPERTY, LayerArithmetic.OPERATIONS);
    float[] actual = trained(optimiser, form);
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < expected.length; i++) {
      difference += Math.pow((double) actual[i] - expected[i], 2);
      norm += Math.pow(expected[i], 2);
    }
    assertThat(actual).isNotEqualTo(expected); // Else the property does nothing.
    assertThat(Math.sqrt(difference / norm)).isLessThan(1e-4);
  }

  private static float[] trained(Optimiser optimiser, WeightForm form) {
    SparseTensors tensors = SeveralTensors.tensors(optimiser, form);
    MaskSet masks = thirdMasked(tensors);
    try (Replica replica = SeveralTensors.recipe(optimiser, form).build()) {
      FlatVector start = replica.vector();
      replica.run(step -> SmallNetwork.examples(step * 16, 16), 0, 1);
      replica.load(start.values(), 0);
      assertThat(replica.vector().headSha256(replica.length()))
          .isEqualTo(start.headSha256(replica.length()));
      replica.hold(masks);
      assertThat(replica.maskHash()).isEqualTo(masks.hash());
      replica.drawAs(3, 1);
      replica.run(step -> SmallNetwork.examples(step * 16, 16), 0, STEPS);
      return replica.vector().head(replica.length());
    }
  }

  private static MaskSet thirdMasked(SparseTensors tensors) {
    Map<String, Mask> masks = new TreeMap<>();
    for (SparseTensor tensor : tensors) {
      masks.put(tensor.name(), Mask.where(tensor.length(), i -> i % 3 != 0));
    }
    return MaskSet.of(masks);
  }
}
