package org.espalier.averaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.espalier.averaging.exchange.RunFailure;
import org.espalier.engine.optimiser.Optimiser;
import org.espalier.engine.optimiser.UpdatePlan;
import org.espalier.engine.replica.FlatVector;
import org.espalier.engine.replica.Replica;
import org.espalier.engine.replica.ReplicaRecipe;
import org.espalier.engine.replica.SmallNetwork;
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
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Averaging gradients is training in one process on the batches of all workers. */
@Timeout(100)
class GradientAveragingTest {
  private static final int BATCH = 8;
  private static final long SEED = 5;
  private static final AtomicInteger FAILURES = new AtomicInteger();
  private static final MaskingMethod MAGNITUDE =
      new MagnitudePruning(
          PruningPlan.uniform(new CubicSchedule(2, 12, 0.9), UpdateSteps.every(5, 2, 12)));

  private static final Optimiser ADAM = SmallNetwork.optimiser(SmallNetwork.ADAM, 0.003, 1e-4);
  private static final Optimiser SGD = SmallNetwork.optimiser(SmallNetwork.SGD, 0.05, 1e-4);
  private static final Optimiser NESTEROV =
      SmallNetwork.optimiser(SmallNetwork.NESTEROV, 0.05, 1e-4);

  private static List<Optimiser> optimisers() {
    return List.of(SGD, NESTEROV, ADAM);
  }

  @ParameterizedTest
  @MethodSource("optimisers")
  void workersFollowOneProcessWithTheWholeBatch(Optimiser optimiser) {
    for (MaskingMethod method : List.of(new Dense(), MAGNITUDE)) {
      for (int workers : new int[] {8, 32}) {
        Setup setup = new Setup("local[2]", workers, 7, 50, optimiser, method);
        Run many = run(setup);
        float[] alone = alone(setup);
        float[] averaged = many.end().vector().head(alone.length);
        assertThat(distance(averaged, alone))
            .as("%s with %s on %d", optimiser, method, workers)
            .isLessThan(1e-6);
        assertThat(many.end().masks().sparsity() > 0.8).isEqualTo(method == MAGNITUDE);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(MaskedGradient.class)
  void neitherExecutorsNorStretchesShowInABit(MaskedGradient gradient) {
    Setup setup = new Setup("local[1]", 8, 1000, 20, ADAM, MAGNITUDE).masked(gradient);
    Run one = run(setup);
    assertThat(one.end().masks().sparsity()).isGreaterThan(0.8);
    assertThat(run(setup.on("local[3]").stretches(7)).sha()).isEqualTo(one.sha());
    assertThat(run(setup.on("local[8]").stretches(1)).sha()).isEqualTo(one.sha());
    assertThat(run(setup.on("local[2]").stretches(1)).end().masks().sha256())
        .isEqualTo(one.end().masks().sha256());
  }

  @Test
  void neitherExecutorsNorStretchesShowWhereWorkersHaveUnequalBatches() {
    WorkerData.Opener unequal =
        worker -> step -> SmallNetwork.examples((step * 7 + worker) * BATCH, 1 + worker);
    Setup setup = new Setup("local[1]", 7, 1000, 12, ADAM, MAGNITUDE);
    Run one = run(setup, unequal);
    assertThat(one.rounds().get(0).weight()).isEqualTo(28L * one.rounds().get(0).round().steps());
    assertThat(run(setup.on("local[3]").stretches(5), unequal).sha()).isEqualTo(one.sha());
    assertThat(run(setup.on("local[7]").stretches(1), unequal).sha()).isEqualTo(one.sha());
  }

  @Test
  void whatAdamRemembersIsThatOfOneProcess() {
    Setup setup = new Setup("local[2]", 4, 10, 10, ADAM, new Dense());
    FlatVector vector = run(setup).end().vector();
    FlatVector alone = aloneVector(setup);
    assertThat(vector.length())
        .isEqualTo(3 * SmoothNetwork.layout(setup.optimiser(), setup.gradient()).parameters());
    assertThat(distance(vector.head(vector.length()), alone.head(vector.length())))
        .isLessThan(1e-5);
  }

  @Test
  void aTaskThatFailsInReadingIsNoEndOfTheRun() {
    Setup setup = new Setup("local[2]", 4, 10, 12, SGD, new Dense());
    Run whole = run(setup);
    FAILURES.set(0);
    Run again =
        run(
            setup,
            worker ->
                step -> {
                  if (worker == 3 && step == 5 && FAILURES.incrementAndGet() == 1) {
                    throw new java.io.UncheckedIOException(new java.io.IOException("a bad disk"));
                  }
                  return SmallNetwork.examples((step * 4 + worker) * BATCH, BATCH);
                });
    assertThat(FAILURES.get()).isEqualTo(2);
    assertThat(again.sha()).isEqualTo(whole.sha());
    assertThat(again.rounds()).extracting(RoundSummary::runAgain).contains(1);
  }

  /** Also where Spark tries tasks again, as it does on clusters. */
  @ParameterizedTest
  @ValueSource(strings = {"local[2]", "local[2,4]"})
  void aTaskThatIsBrokenEndsTheRunAtOnce(String master) {
    Setup setup = new Setup(master, 4, 10, 12, SGD, new Dense());
    FAILURES.set(0);
    assertThatThrownBy(
            () ->
                run(
                    setup,
                    worker ->
                        step -> {
                          if (worker == 3 && step == 5) {
                            FAILURES.incrementAndGet();
                            throw new IllegalStateException("a broken invariant");
                          }
                          return SmallNetwork.examples((step * 4 + worker) * BATCH, BATCH);
                        }))
        .hasMessageContaining("a broken invariant");
    assertThat(FAILURES.get()).isEqualTo(1);
  }

  @Test
  void aTaskThatRunsOutOfMemoryIsRunAgainAndSaidToBeThat() {
    Setup setup = new Setup("local[2,4]", 4, 10, 12, SGD, new Dense());
    Run whole = run(setup);
    FAILURES.set(0);
    Run again = run(setup, shortOfMemory(1));
    assertThat(again.sha()).isEqualTo(whole.sha());
    assertThat(again.rounds()).extracting(RoundSummary::runAgain).contains(1);
    FAILURES.set(0);
    assertThatThrownBy(() -> run(setup, shortOfMemory(Integer.MAX_VALUE)))
        .isInstanceOf(RunFailure.class)
        .hasMessageMatching(
            "Cannot go on with round 0 of .*, which was tried several times: the driver ran out of memory \\(Java heap space\\); raise ESPALIER_DRIVER_MEMORY, or spark.driver.memory with spark-submit\\.");
    assertThat(FAILURES.get()).isEqualTo(4);
  }

  private static WorkerData.Opener shortOfMemory(int times) {
    return worker ->
        step -> {
          if (worker == 3 && step == 5 && FAILURES.incrementAndGet() <= times) {
            throw new OutOfMemoryError("Java heap space");
          }
          return SmallNetwork.examples((step * 4 + worker) * BATCH, BATCH);
        };
  }

  @Test
  void roundsTellWhatHappened() {
    List<RoundSummary> rounds = run(new Setup("local[2]", 4, 4, 10, ADAM, new Dense())).rounds();
    assertThat(rounds).extracting(round -> round.round().end()).containsExactly(4L, 8L, 10L);
    assertThat(rounds).extracting(RoundSummary::weight).containsExactly(128L, 128L, 64L);
    assertThat(rounds.get(2).loss()).isLessThan(rounds.get(0).loss());
    assertThat(rounds).allMatch(round -> round.seconds() > 0 && round.phases().compute() > 0);
    assertThat(rounds).allMatch(round -> round.phases().optimiser() > 0);
  }

  @Test
  void stretchesTellTheArithmeticOfAllWorkers() {
    long perExample = 3L * (16 * 40 + 40 * 20 + 20 * 3);
    assertThat(run(new Setup("local[2]", 4, 4, 10, ADAM, MAGNITUDE)).rounds())
        .allMatch(round -> round.multiplyAdds().done() == perExample * round.weight());
  }

  @Test
  void roundsTellHowLongTheOthersWaitedForTheSlowest() {
    int steps = 4;
    Setup setup = new Setup("local[2]", 2, steps, steps, SGD, new Dense());
    List<RoundSummary> rounds =
        run(
                setup,
                worker ->
                    step -> {
                      if (worker == 1) {
                        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
                      }
                      return SmallNetwork.examples((step * 2 + worker) * BATCH, BATCH);
                    })
            .rounds();
    assertThat(rounds).hasSize(1);
    assertThat(rounds.get(0).phases().waiting()).isGreaterThan(0.1);
  }

  private record Setup(
      String master,
      int workers,
      int stretch,
      int steps,
      Optimiser optimiser,
      MaskingMethod method,
      MaskedGradient gradient) {
    Setup(
        String master,
        int workers,
        int stretch,
        int steps,
        Optimiser optimiser,
        MaskingMethod method) {
      this(master, workers, stretch, steps, optimiser, method, MaskedGradient.NONE);
    }

    Setup on(String other) {
      return new Setup(other, workers, stretch, steps, optimiser, method, gradient);
    }

    Setup stretches(int other) {
      return new Setup(master, workers, other, steps, optimiser, method, gradient);
    }

    Setup masked(MaskedGradient other) {
      return new Setup(master, workers, stretch, steps, optimiser, method, other);
    }

    ReplicaRecipe recipe() {
      return SmoothNetwork.recipe(optimiser, gradient);
    }

    SparseTensors tensors() {
      return SmoothNetwork.tensors(optimiser);
    }
  }

  private record Run(TrainingState end, List<RoundSummary> rounds) {
    String sha() {
      return end.vector().headSha256(end.vector().length());
    }
  }

  private static Run run(Setup setup) {
    int workers = setup.workers();
    return run(
        setup, worker -> step -> SmallNetwork.examples((step * workers + worker) * BATCH, BATCH));
  }

  private static Run run(Setup setup, WorkerData.Opener opener) {
    SparkConf conf =
        new SparkConf()
            .setMaster(setup.master())
            .setAppName("test")
            .set("spark.espalier.exchange.timeout", "30s")
            .set("spark.executor.killOnFatalError.depth", "0") // Not this JVM.
            .set("spark.ui.enabled", "false")
            .set("spark.driver.host", "127.0.0.1");
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      UpdatePlan plan = UpdatePlan.elsewhere(SmoothNetwork.graph(setup.optimiser()));
      MaskedAveraging averaging =
          new MaskedAveraging(
              spark,
              setup.toString(),
              SmoothNetwork.recipe(setup.optimiser(), setup.gradient()).ofGradients(plan),
              SmoothNetwork.layout(setup.optimiser(), setup.gradient()),
              setup.tensors(),
              SEED,
              WorkerData.opened(spark, setup.workers(), opener),
              RoundPlan.ofStretches(setup.steps(), setup::stretch, setup.method()::due),
              setup.method(),
              new Averaged.Gradients(plan));
      List<RoundSummary> rounds = new ArrayList<>();
      return new Run(averaging.train(start(setup), (round, state) -> rounds.add(round)), rounds);
    }
  }

  private static TrainingState start(Setup setup) {
    try (Replica replica = setup.recipe().build()) {
      FlatVector vector = replica.vector();
      float[] weights = vector.head(replica.parameters());
      AveragedState state = AveragedState.initial(setup.tensors(), weights);
      return new TrainingState(0, vector, setup.method().initial(state));
    }
  }

  private static float[] alone(Setup setup) {
    FlatVector vector = aloneVector(setup);
    return vector.head(SmoothNetwork.layout(setup.optimiser(), setup.gradient()).parameters());
  }

  /** The plain reference: one replica, the whole batch, masks updated in between. */
  private static FlatVector aloneVector(Setup setup) {
    int batch = setup.workers() * BATCH;
    try (Replica replica = setup.recipe().build()) {
      TrainingState start = start(setup);
      MaskSet masks = start.masks();
      replica.load(start.vector().values(), 0);
      replica.hold(masks);
      for (int step = 0; step < setup.steps(); step++) {
        replica.run(s -> SmallNetwork.examples(s * batch, batch), step, 1);
        if (setup.method().due(step + 1)) {
          float[] weights = replica.vector().head(replica.parameters());
          masks =
              setup.method().next(AveragedState.after(step + 1, setup.tensors(), weights, masks));
          replica.hold(masks);
        }
      }
      return replica.vector();
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
