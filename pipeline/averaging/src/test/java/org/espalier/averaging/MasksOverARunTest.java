package org.espalier.averaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.espalier.engine.optimiser.Optimiser;
import org.espalier.engine.replica.Dl4jLayout;
import org.espalier.engine.replica.FlatVector;
import org.espalier.engine.replica.Replica;
import org.espalier.engine.replica.SmallNetwork;
import org.espalier.sparsity.AveragedState;
import org.espalier.sparsity.CubicSchedule;
import org.espalier.sparsity.EndRule;
import org.espalier.sparsity.MagnitudePruning;
import org.espalier.sparsity.MaskSet;
import org.espalier.sparsity.MaskedGradient;
import org.espalier.sparsity.MaskingMethod;
import org.espalier.sparsity.PruningPlan;
import org.espalier.sparsity.RandomPruning;
import org.espalier.sparsity.SparseTensor;
import org.espalier.sparsity.SparseTensors;
import org.espalier.sparsity.UpdateSteps;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The masks of whole runs, two workers, rounds of three steps, 24 steps. */
class MasksOverARunTest {
  private static final Optimiser ADAM = SmallNetwork.optimiser(SmallNetwork.ADAM, 0.01, 0);
  private static final int STEPS = 24;
  private static final int BATCH = 8;

  private static JavaSparkContext spark;

  @BeforeAll
  static void start() {
    spark =
        new JavaSparkContext(
            new SparkConf()
                .setMaster("local[2]")
                .setAppName("masks")
                .set("spark.ui.enabled", "false")
                .set("spark.driver.host", "127.0.0.1"));
  }

  @AfterAll
  static void stop() {
    spark.close();
  }

  @Test
  void magnitudePruningEndsWithExactlyTheTargetInEveryTensor() {
    requireTarget(new MagnitudePruning(plan(20, 5, EndRule.LAST_MULTIPLE)), 20);
  }

  @Test
  void randomPruningEndsWithExactlyTheTargetInEveryTensor() {
    requireTarget(new RandomPruning(plan(20, 5, EndRule.LAST_MULTIPLE), 9), 20);
  }

  private static void requireTarget(MaskingMethod method, long lastUpdate) {
    List<TrainingState> states = train(method, MaskedGradient.NONE);
    assertThat(updates(states)).containsExactly(5L, 10L, 15L, lastUpdate);
    assertThat(kept(states)).isEqualTo(Map.of("fc1/W", 480, "fc2/W", 3_000, "fc3/W", 30));
  }

  @Test
  void theLastUpdateFallsOnAMultipleAndStopsShortOfTheTarget() {
    List<TrainingState> states =
        train(new MagnitudePruning(plan(22, 5, EndRule.LAST_MULTIPLE)), MaskedGradient.NONE);
    assertThat(updates(states)).containsExactly(5L, 10L, 15L, 20L);
    double due = 0.9 * (1 - Math.pow(1 - 20 / 22.0, 3));
    assertThat(kept(states).get("fc2/W")).isEqualTo((int) Math.floor(30_000 * (1 - due)));
    assertThat(states.get(states.size() - 1).masks().sparsity()).isLessThan(0.9);
  }

  @Test
  void clampingToTheEndReachesTheTarget() {
    List<TrainingState> states =
        train(new MagnitudePruning(plan(22, 5, EndRule.CLAMP_TO_END)), MaskedGradient.NONE);
    assertThat(updates(states)).containsExactly(5L, 10L, 15L, 20L, 22L);
    assertThat(kept(states)).isEqualTo(Map.of("fc1/W", 480, "fc2/W", 3_000, "fc3/W", 30));
  }

  @Test
  void randomMasksNeverGiveAWeightBack() {
    List<TrainingState> states =
        train(new RandomPruning(plan(20, 5, EndRule.LAST_MULTIPLE), 9), MaskedGradient.DENSE);
    assertThat(reactivated(states)).containsOnly(0L);
  }

  @Test
  void magnitudePruningGivesWeightsBackThatHaveOutgrownOthers() {
    MaskingMethod method = new MagnitudePruning(plan(20, 5, EndRule.LAST_MULTIPLE));
    assertThat(reactivated(train(method, MaskedGradient.DENSE))).anyMatch(count -> count > 0);
  }

  @Test
  void withoutAGradientWeightsComeBackOnlyBecauseKeptOnesShrink() {
    PruningPlan constant =
        PruningPlan.uniform(new CubicSchedule(0, 1, 0.5), UpdateSteps.every(5, 0, 20));
    assertThat(reactivated(train(new MagnitudePruning(constant), MaskedGradient.NONE)))
        .anyMatch(count -> count > 0);
  }

  private static PruningPlan plan(long end, long frequency, EndRule rule) {
    return PruningPlan.uniform(
        new CubicSchedule(0, end, 0.9), new UpdateSteps(0, end, frequency, rule));
  }

  /** The steps after which masks differ from those before. */
  private static List<Long> updates(List<TrainingState> states) {
    List<Long> updates = new ArrayList<>();
    for (int i = 1; i < states.size(); i++) {
      if (!states.get(i).masks().sha256().equals(states.get(i - 1).masks().sha256())) {
        updates.add(states.get(i).step());
      }
    }
    return updates;
  }

  private static List<Long> reactivated(List<TrainingState> states) {
    List<Long> counts = new ArrayList<>();
    for (int i = 1; i < states.size(); i++) {
      counts.add(states.get(i).masks().reactivatedSince(states.get(i - 1).masks()));
    }
    return counts;
  }

  private static Map<String, Integer> kept(List<TrainingState> states) {
    MaskSet last = states.get(states.size() - 1).masks();
    Map<String, Integer> kept = new TreeMap<>();
    for (SparseTensor tensor : SmallNetwork.tensors(ADAM)) {
      kept.put(tensor.name(), last.mask(tensor.name()).kept());
    }
    return kept;
  }

  private static List<TrainingState> train(MaskingMethod method, MaskedGradient gradient) {
    SparseTensors tensors = SmallNetwork.tensors(ADAM);
    TrainingState start;
    try (Replica replica = SmallNetwork.recipe(ADAM, gradient).build()) {
      FlatVector vector = replica.vector();
      AveragedState initial = AveragedState.initial(tensors, vector.head(replica.parameters()));
      start = new TrainingState(0, vector, method.initial(initial));
    }
    MaskedAveraging averaging =
        new MaskedAveraging(
            spark,
            method.toString() + gradient,
            SmallNetwork.recipe(ADAM, gradient),
            Dl4jLayout.of(SmallNetwork.graph(ADAM), gradient),
            tensors,
            1,
            WorkerData.opened(
                spark,
                2,
                worker -> step -> SmallNetwork.examples((step * 2 + worker) * BATCH, BATCH)),
            new RoundPlan(STEPS, 3, method::due),
            method);
    List<TrainingState> states = new ArrayList<>(List.of(start));
    averaging.train(start, (round, end) -> states.add(end.state()));
    return states;
  }
}
