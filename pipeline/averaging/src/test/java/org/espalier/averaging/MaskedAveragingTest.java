package org.espalier.averaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.api.java.JavaSparkContext;
import org.espalier.averaging.exchange.LostOwners;
import org.espalier.averaging.exchange.RunFailure;
import org.espalier.engine.kernel.UpdateRule;
import org.espalier.engine.optimiser.Optimiser;
import org.espalier.engine.replica.FlatVector;
import org.espalier.engine.replica.Replica;
import org.espalier.engine.replica.ReplicaRecipe;
import org.espalier.engine.replica.SmallNetwork;
import org.espalier.engine.replica.VectorLayout;
import org.espalier.engine.tensor.MultiplyAdds;
import org.espalier.sparsity.AveragedState;
import org.espalier.sparsity.CubicSchedule;
import org.espalier.sparsity.Dense;
import org.espalier.sparsity.MagnitudePruning;
import org.espalier.sparsity.MaskSet;
import org.espalier.sparsity.MaskedGradient;
import org.espalier.sparsity.MaskingMethod;
import org.espalier.sparsity.PruningPlan;
import org.espalier.sparsity.SparseTensors;
import org.espalier.sparsity.UpdateSteps;
import org.junit.jupiter.api.Test;

class MaskedAveragingTest {
  private static final int BATCH = 8;
  private static final long SEED = 5;
  private static final AtomicInteger FAILURES = new AtomicInteger();
  private static final MaskingMethod MAGNITUDE =
      new MagnitudePruning(
          PruningPlan.uniform(new CubicSchedule(2, 12, 0.9), UpdateSteps.every(5, 2, 12)));

  @Test
  void anyNumberOfExecutorsGivesTheSameBits() {
    Run one = run("local[1]", 8, 3, 14, adam(), MAGNITUDE);
    Run three = run("local[3]", 8, 3, 14, adam(), MAGNITUDE);
    assertThat(one.end().masks().sparsity()).isGreaterThan(0.5);
    assertThat(three.sha()).isEqualTo(one.sha());
    assertThat(three.end().masks().sha256()).isEqualTo(one.end().masks().sha256());
  }

  @Test
  void thirtyTwoWorkersGiveTheSameBitsOnAnyNumberOfExecutors() {
    Run one = run("local[1]", 32, 2, 6, adam(), MAGNITUDE);
    assertThat(run("local[5]", 32, 2, 6, adam(), MAGNITUDE).sha()).isEqualTo(one.sha());
  }

  @Test
  void anyNumberOfExecutorsGivesTheSameBitsWhereMaskedWeightsGetGradients() {
    Run one = withDenseGradients("local[1]");
    assertThat(withDenseGradients("local[3]").sha()).isEqualTo(one.sha());
    assertThat(one.end().masks().sparsity()).isGreaterThan(0.5);
    assertThat(one.sha()).isNotEqualTo(run("local[1]", 8, 3, 14, adam(), MAGNITUDE).sha());
  }

  private static Run withDenseGradients(String master) {
    return run(
        master,
        8,
        3,
        14,
        adam(),
        MAGNITUDE,
        SmallNetwork.recipe(adam(), MaskedGradient.DENSE),
        SmallNetwork.layout(adam(), MaskedGradient.DENSE),
        worker -> step -> SmallNetwork.examples((step * 8 + worker) * BATCH, BATCH));
  }

  @Test
  void leavingMaskedEntriesOutChangesNoBit() {
    for (UpdateRule rule : List.of(SmallNetwork.ADAM, SmallNetwork.NESTEROV, SmallNetwork.SGD)) {
      Optimiser decaying = SmallNetwork.optimiser(rule, 0.003, 1e-3);
      Run masked = run("local[2]", 4, 3, 14, decaying, MAGNITUDE);
      VectorLayout agreeing = SmallNetwork.layout(decaying);
      VectorLayout cautious =
          new VectorLayout(
              agreeing.parameters(),
              agreeing.length(),
              agreeing.memories(),
              agreeing.moments(),
              VectorLayout.MaskedEntries.MAY_DIFFER);
      Run dense =
          run(
              "local[2]",
              4,
              3,
              14,
              decaying,
              MAGNITUDE,
              SmallNetwork.recipe(decaying, MaskedGradient.NONE),
              cautious,
              worker -> step -> SmallNetwork.examples((step * 4 + worker) * BATCH, BATCH));
      assertThat(masked.sha()).as("%s", rule).isEqualTo(dense.sha());
      assertThat(lastBytes(masked)).as("%s", rule).isLessThan(lastBytes(dense));
    }
  }

  private static long lastBytes(Run run) {
    return run.rounds().get(run.rounds().size() - 1).bytesUp();
  }

  @Test
  void atNinetyPercentSparsityAPlainRoundHandsOnATenthOfTheBytes() {
    Optimiser plain = SmallNetwork.optimiser(SmallNetwork.SGD, 0.05, 0);
    List<RoundSummary> rounds = run("local[2]", 8, 1, 30, plain, MAGNITUDE).rounds();
    double dense = rounds.get(0).bytesUp();
    assertThat(rounds.get(29).sparsity()).isBetween(0.89, 0.91);
    assertThat(rounds.get(29).bytesUp() / dense).isLessThan(0.15);
  }

  @Test
  void aTaskThatIsRetriedChangesNoBit() {
    Run whole = run("local[2]", 4, 3, 14, adam(), MAGNITUDE);
    FAILURES.set(0);
    Run retried =
        disturbed(
            "local[2,3]",
            (worker, step) -> {
              if (worker == 2 && step == 7 && FAILURES.incrementAndGet() == 1) {
                throw new IllegalStateException("an executor stumbles");
              }
            });
    assertThat(FAILURES.get()).isGreaterThan(1);
    assertThat(retried.sha()).isEqualTo(whole.sha());
  }

  @Test
  void aRoundWhoseShardsAreLostIsRunAgainToTheSameBits() {
    Run whole = run("local[2]", 4, 3, 14, adam(), MAGNITUDE);
    FAILURES.set(0);
    Run again =
        disturbed(
            "local[2]",
            (worker, step) -> {
              if (worker == 3 && step == 10 && FAILURES.incrementAndGet() == 1) {
                LostOwners.loseAll();
              }
            });
    assertThat(FAILURES.get()).isEqualTo(2);
    assertThat(again.sha()).isEqualTo(whole.sha());
    assertThat(whole.rounds()).extracting(RoundSummary::runAgain).containsOnly(0);
    assertThat(again.rounds().stream().mapToInt(RoundSummary::runAgain).sum()).isEqualTo(1);
  }

  /** What happens before a worker gets the examples of a step. */
  private interface Disturbance extends Serializable {
    void before(int worker, long step);
  }

  private static Run disturbed(String master, Disturbance disturbance) {
    return run(
        master,
        4,
        3,
        14,
        adam(),
        MAGNITUDE,
        SmallNetwork.recipe(adam(), MaskedGradient.NONE),
        SmallNetwork.layout(adam()),
        worker ->
            step -> {
              disturbance.before(worker, step);
              return SmallNetwork.examples((step * 4 + worker) * BATCH, BATCH);
            });
  }

  @Test
  void theNumberOfWorkersDoesShow() {
    assertThat(run("local[2]", 2, 3, 6, adam(), new Dense()).sha())
        .isNotEqualTo(run("local[2]", 4, 3, 6, adam(), new Dense()).sha());
  }

  @Test
  void averagingEveryStepFollowsOneProcessWithTheWholeBatch() {
    for (MaskingMethod method : List.of(new Dense(), MAGNITUDE)) {
      for (UpdateRule rule : List.of(SmallNetwork.SGD, SmallNetwork.NESTEROV)) {
        Optimiser optimiser = SmallNetwork.optimiser(rule, 0.05, 1e-4);
        Run many = run("local[2]", 4, 1, 50, optimiser, method);
        float[] alone = alone(4 * BATCH, 50, optimiser, method);
        float[] averaged = many.end().vector().head(alone.length);
        assertThat(distance(averaged, alone)).as("%s with %s", rule, method).isLessThan(1e-6);
      }
    }
  }

  @Test
  void roundsTellWhatHappened() {
    List<RoundSummary> rounds = run("local[2]", 4, 4, 10, adam(), new Dense()).rounds();
    assertThat(rounds).extracting(round -> round.round().end()).containsExactly(4L, 8L, 10L);
    assertThat(rounds).extracting(RoundSummary::weight).containsExactly(128L, 128L, 64L);
    assertThat(rounds.get(2).loss()).isLessThan(rounds.get(0).loss());
    assertThat(rounds).allMatch(round -> round.seconds() > 0 && round.phases().compute() > 0);
    assertThat(rounds).extracting(round -> round.slowest().worker()).allMatch(worker -> worker < 4);
  }

  @Test
  void roundsTellWhatMasksSave() {
    List<RoundSummary> rounds = run("local[2]", 4, 4, 14, adam(), MAGNITUDE).rounds();
    for (RoundSummary round : rounds) {
      MultiplyAdds counted = round.multiplyAdds();
      assertThat(counted.done() + counted.leftOut())
          .isEqualTo(round.weight() * SmallNetwork.MULTIPLY_ADDS);
    }
    assertThat(rounds.get(0).multiplyAdds().leftOut()).isZero();
    MultiplyAdds last = rounds.get(rounds.size() - 1).multiplyAdds();
    assertThat(last.leftOut()).isGreaterThan(7 * last.done());
    assertThat(last.leavingOut()).containsExactly("fc1/W", "fc2/W");
  }

  @Test
  void aLossThatIsNotFiniteEndsTheRunWithItsStep() {
    Optimiser wild = SmallNetwork.optimiser(SmallNetwork.SGD, 1e30, 0);
    assertThatThrownBy(() -> run("local[2]", 2, 2, 10, wild, new Dense()))
        .isInstanceOfSatisfying(
            Divergence.class, divergence -> assertThat(divergence.step()).isBetween(2L, 10L))
        .hasMessageContaining("lower the learning rate");
  }

  @Test
  void weightsThatCannotBeRankedEndTheRunAsDivergedToo() {
    Optimiser wild = SmallNetwork.optimiser(SmallNetwork.SGD, 1e45, 0);
    MaskingMethod atOnce =
        new MagnitudePruning(
            PruningPlan.uniform(new CubicSchedule(0, 10, 0.9), UpdateSteps.every(1, 0, 10)));
    assertThatThrownBy(() -> run("local[2]", 2, 1, 10, wild, atOnce))
        .isInstanceOfSatisfying(
            Divergence.class, divergence -> assertThat(divergence.step()).isEqualTo(1))
        .hasMessageMatching(
            "The run diverged: its mean loss was [0-9.]+ and the averaged weights of fc[1-3]/W are not numbers after step 1; lower the learning rate.");
  }

  @Test
  void aReplicaThatHoldsOtherMasksIsRefused() {
    ReplicaRecipe honest = SmallNetwork.recipe(adam(), MaskedGradient.NONE);
    ReplicaRecipe forgetful = () -> new ForgetfulReplica(honest.build());
    assertThatThrownBy(() -> run("local[1]", 2, 2, 4, adam(), new Dense(), forgetful))
        .hasMessageContaining("holds masks 0000000000000000 where the round asks for ");
  }

  /** Spark itself would try the task a thousand times here. */
  @Test
  void aBrokenInvariantIsNotTriedAgain() {
    ReplicaRecipe honest = SmallNetwork.recipe(adam(), MaskedGradient.NONE);
    FAILURES.set(0);
    ReplicaRecipe forgetful =
        () -> {
          FAILURES.incrementAndGet();
          return new ForgetfulReplica(honest.build());
        };
    assertThatThrownBy(() -> run("local[1,1000]", 2, 2, 4, adam(), new Dense(), forgetful))
        .isInstanceOf(RunFailure.class)
        .hasMessageStartingWith("Cannot train: worker 0 on executor driver holds masks ");
    assertThat(FAILURES.get()).isLessThan(1000);
  }

  private record Run(TrainingState end, List<RoundSummary> rounds) {
    String sha() {
      return end.vector().headSha256(end.vector().length());
    }
  }

  private static Optimiser adam() {
    return SmallNetwork.optimiser(SmallNetwork.ADAM, 0.003, 0);
  }

  private static Run run(
      String master,
      int workers,
      int frequency,
      int steps,
      Optimiser optimiser,
      MaskingMethod method) {
    return run(
        master,
        workers,
        frequency,
        steps,
        optimiser,
        method,
        SmallNetwork.recipe(optimiser, MaskedGradient.NONE));
  }

  private static Run run(
      String master,
      int workers,
      int frequency,
      int steps,
      Optimiser optimiser,
      MaskingMethod method,
      ReplicaRecipe recipe) {
    return run(
        master,
        workers,
        frequency,
        steps,
        optimiser,
        method,
        recipe,
        SmallNetwork.layout(optimiser),
        worker -> step -> SmallNetwork.examples((step * workers + worker) * BATCH, BATCH));
  }

  private static Run run(
      String master,
      int workers,
      int frequency,
      int steps,
      Optimiser optimiser,
      MaskingMethod method,
      ReplicaRecipe recipe,
      VectorLayout layout,
      WorkerData.Opener opener) {
    try (JavaSparkContext spark = LocalSpark.on(master)) {
      SparseTensors tensors = SmallNetwork.tensors(optimiser);
      TrainingState start = start(optimiser, tensors, method);
      String name = master + workers + frequency + optimiser.rule() + method + recipe.hashCode();
      MaskedAveraging averaging =
          new MaskedAveraging(
              spark,
              name,
              recipe,
              layout,
              tensors,
              SEED,
              WorkerData.opened(spark, workers, opener),
              new RoundPlan(steps, frequency, method::due),
              method);
      List<RoundSummary> rounds = new ArrayList<>();
      return new Run(averaging.train(start, (round, state) -> rounds.add(round)), rounds);
    }
  }

  private static TrainingState start(
      Optimiser optimiser, SparseTensors tensors, MaskingMethod method) {
    try (Replica replica = SmallNetwork.recipe(optimiser, MaskedGradient.NONE).build()) {
      FlatVector vector = replica.vector();
      MaskSet masks =
          method.initial(AveragedState.initial(tensors, vector.head(replica.parameters())));
      return new TrainingState(0, vector, masks);
    }
  }

  /** The plain reference: one replica, the whole batch, masks updated in between. */
  private static float[] alone(int batch, int steps, Optimiser optimiser, MaskingMethod method) {
    SparseTensors tensors = SmallNetwork.tensors(optimiser);
    try (Replica replica = SmallNetwork.recipe(optimiser, MaskedGradient.NONE).build()) {
      TrainingState start = start(optimiser, tensors, method);
      MaskSet masks = start.masks();
      replica.load(start.vector().values(), 0);
      replica.hold(masks);
      for (int step = 0; step < steps; step++) {
        replica.run(s -> SmallNetwork.examples(s * batch, batch), step, 1);
        if (method.due(step + 1)) {
          float[] weights = replica.vector().head(replica.parameters());
          masks = method.next(AveragedState.after(step + 1, tensors, weights, masks));
          replica.hold(masks);
        }
      }
      return replica.vector().head(replica.parameters());
    }
  }

  private static double distance(float[] actual, float[] expected) {
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < expected.length; i++) {
      difference += Math.pow((double) actual[i] - expected[i], 2);
      norm += Math.pow(expected[i], 2);
    }
    return Math.sqrt(difference / norm);
  }
}
