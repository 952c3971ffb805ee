package org.espalier.averaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.espalier.engine.optimiser.Optimiser;
import org.espalier.engine.replica.FlatVector;
import org.espalier.engine.replica.Replica;
import org.espalier.engine.replica.ReplicaRecipe;
import org.espalier.engine.replica.SeveralTensors;
import org.espalier.engine.replica.SmallNetwork;
import org.espalier.engine.weights.PenaltySchedule;
import org.espalier.engine.weights.WeightForm;
import org.espalier.sparsity.AveragedState;
import org.espalier.sparsity.CubicSchedule;
import org.espalier.sparsity.Dense;
import org.espalier.sparsity.MagnitudePruning;
import org.espalier.sparsity.MaskSet;
import org.espalier.sparsity.MaskingMethod;
import org.espalier.sparsity.PruningPlan;
import org.espalier.sparsity.SparseTensors;
import org.espalier.sparsity.UpdateSteps;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A layer of two weight tensors and a vertex of one, averaged under every method. */
class SeveralTensorsAveragingTest {
  private static final int BATCH = 8;
  private static final int WORKERS = 4;
  private static final int STEPS = 14;
  private static final Optimiser ADAM = SmallNetwork.optimiser(SmallNetwork.ADAM, 0.003, 0);
  private static final MaskingMethod MAGNITUDE =
      new MagnitudePruning(
          PruningPlan.uniform(new CubicSchedule(2, 12, 0.9), UpdateSteps.every(5, 2, 12)));

  static Stream<Arguments> methods() {
    PenaltySchedule penalty = PenaltySchedule.linear(1e-3, 0, 10);
    return Stream.of(
        Arguments.of(WeightForm.PLAIN, MAGNITUDE),
        Arguments.of(new WeightForm.Variational(-6, 3, penalty), new Dense()),
        Arguments.of(new WeightForm.HardConcrete(2.197, penalty), new Dense()));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void anyNumberOfExecutorsGivesTheSameBits(WeightForm form, MaskingMethod method) {
    TrainingState one = run("local[1]", form, method, SeveralTensors.recipe(ADAM, form));
    TrainingState three = run("local[3]", form, method, SeveralTensors.recipe(ADAM, form));
    assertThat(three.vector().headSha256(three.vector().length()))
        .isEqualTo(one.vector().headSha256(one.vector().length()));
    assertThat(three.masks().sha256()).isEqualTo(one.masks().sha256());
    assertThat(one.vector().headSha256(one.vector().length()))
        .isNotEqualTo(start(form, method).vector().headSha256(one.vector().length()));
  }

  @Test
  void everyTensorIsPruned() {
    MaskSet masks =
        run("local[2]", WeightForm.PLAIN, MAGNITUDE, SeveralTensors.recipe(ADAM, WeightForm.PLAIN))
            .masks();
    assertThat(masks.names())
        .containsExactlyInAnyOrder("below/W", "block/W", "block/V", "mix/W", "top/W");
    masks.names().forEach(name -> assertThat(masks.mask(name).sparsity()).isGreaterThan(0.7));
  }

  @Test
  void aWrongBitInTheSecondTensorsMaskStopsTheRun() {
    ReplicaRecipe honest = SeveralTensors.recipe(ADAM, WeightForm.PLAIN);
    ReplicaRecipe damaged = () -> new DamagedMaskReplica(honest.build(), "block/V");
    assertThatThrownBy(() -> run("local[1]", WeightForm.PLAIN, MAGNITUDE, damaged))
        .hasMessageContaining("Cannot train: worker 0 on executor driver holds masks ");
  }

  private static TrainingState run(
      String master, WeightForm form, MaskingMethod method, ReplicaRecipe recipe) {
    try (JavaSparkContext spark = LocalSpark.on(master)) {
      MaskedAveraging averaging =
          new MaskedAveraging(
              spark,
              "several tensors " + master + form + recipe.hashCode(),
              recipe,
              SeveralTensors.layout(ADAM, form),
              SeveralTensors.tensors(ADAM, form),
              5,
              WorkerData.opened(
                  spark,
                  WORKERS,
                  worker ->
                      step -> SmallNetwork.examples((step * WORKERS + worker) * BATCH, BATCH)),
              new RoundPlan(STEPS, 3, method::due),
              method);
      return averaging.train(start(form, method), (round, state) -> {});
    }
  }

  private static TrainingState start(WeightForm form, MaskingMethod method) {
    SparseTensors tensors = SeveralTensors.tensors(ADAM, form);
    try (Replica replica = SeveralTensors.recipe(ADAM, form).build()) {
      FlatVector vector = replica.vector();
      float[] parameters = vector.head(replica.parameters());
      return new TrainingState(
          0, vector, method.initial(AveragedState.initial(tensors, parameters)));
    }
  }
}
