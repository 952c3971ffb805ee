package org.espalier.averaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.espalier.averaging.parts.HeldVector;
import org.espalier.averaging.parts.PartsFolder;
import org.espalier.averaging.parts.VectorPart;
import org.espalier.engine.optimiser.Optimiser;
import org.espalier.engine.optimiser.UpdatePlan;
import org.espalier.engine.replica.FlatVector;
import org.espalier.engine.replica.Replica;
import org.espalier.engine.replica.SmallNetwork;
import org.espalier.sparsity.AveragedState;
import org.espalier.sparsity.ConnectionExchange;
import org.espalier.sparsity.ConstantSchedule;
import org.espalier.sparsity.DropFraction;
import org.espalier.sparsity.MaskedGradient;
import org.espalier.sparsity.MaskingMethod;
import org.espalier.sparsity.PruningPlan;
import org.espalier.sparsity.SparseEvolution;
import org.espalier.sparsity.SparseTensors;
import org.espalier.sparsity.UpdateSteps;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is held of a round stays as it was, however long the run goes on before it is written. */
@Timeout(100)
class HeldVectorTest {
  private static final int WORKERS = 4;
  private static final int BATCH = 8;
  private static final int STEPS = 20;
  private static final int ROUND = 2;
  private static final Optimiser ADAM = SmallNetwork.optimiser(SmallNetwork.ADAM, 0.003, 1e-4);
  private static final SparseTensors TENSORS = SmallNetwork.tensors(ADAM);

  /** Gives weights back at steps 4, 8, 12 and 16. */
  private static final MaskingMethod SET =
      new SparseEvolution(
          new ConnectionExchange(
              PruningPlan.uniform(new ConstantSchedule(0.8), UpdateSteps.every(4, 0, 16)),
              new DropFraction(0.3, DropFraction.Decay.CONSTANT, 16),
              5));

  @TempDir private java.nio.file.Path folder;

  private final Configuration hadoop = new Configuration();

  @BeforeEach
  void nameFileSystems() {
    hadoop.setClass(
        "fs.apart.impl", TestFileSystems.Apart.class, org.apache.hadoop.fs.FileSystem.class);
    hadoop.setClass(
        "fs.full.impl", TestFileSystems.Full.class, org.apache.hadoop.fs.FileSystem.class);
  }

  /** Written two rounds later, under masks that have changed since, by owners or by the driver. */
  @ParameterizedTest
  @ValueSource(strings = {"file", "apart"})
  void aVectorIsWrittenAsItWasWhileTheRunGoesOn(String scheme) {
    PartsFolder parts = parts(scheme);
    for (Averaged averaged : List.of(gradients(), new Averaged.Parameters())) {
      WrittenLater late = new WrittenLater(parts);
      assertThat(train(averaged, late)).isEqualTo(train(averaged, (round, end) -> {}));
      assertThat(late.compared).isEqualTo(STEPS / ROUND);
    }
  }

  @Test
  void whoSharesNoFolderWithTheDriverIsAskedOnceAndDoesNotWrite() throws IOException {
    TestFileSystems.Apart.refused.set(0);
    train(gradients(), new WrittenLater(parts("apart")));
    assertThat(TestFileSystems.Apart.refused).hasValue(1);
    assertThat(names()).noneMatch(name -> name.startsWith("probe")).isNotEmpty();
  }

  @Test
  void aFullDiskIsToldAsTheReasonAndIsNoEndOfTheRun() {
    List<String> reasons = new ArrayList<>();
    RoundListener listener =
        (round, end) -> {
          try (HeldVector held = end.held().get()) {
            assertThatThrownBy(() -> held.write(parts("full")))
                .isInstanceOf(IOException.class)
                .satisfies(failure -> reasons.add(failure.getMessage()));
          }
        };
    assertThat(train(gradients(), listener)).isEqualTo(train(gradients(), (round, end) -> {}));
    assertThat(reasons)
        .hasSize(STEPS / ROUND)
        .containsOnly("executor driver: no space left on the device");
  }

  private PartsFolder parts(String scheme) {
    return new PartsFolder(new Path(scheme, null, folder.toString()), hadoop);
  }

  private List<String> names() throws IOException {
    try (Stream<java.nio.file.Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static Averaged gradients() {
    return new Averaged.Gradients(UpdatePlan.elsewhere(SmallNetwork.graph(ADAM)));
  }

  /** The hash of what a run ends with. */
  private static String train(Averaged averaged, RoundListener listener) {
    try (JavaSparkContext spark = LocalSpark.on("local[2]")) {
      MaskedAveraging averaging =
          new MaskedAveraging(
              spark,
              "held vectors of " + averaged,
              SmallNetwork.recipe(ADAM, MaskedGradient.NONE),
              SmallNetwork.layout(ADAM),
              TENSORS,
              3,
              WorkerData.opened(
                  spark,
                  WORKERS,
                  worker ->
                      step -> SmallNetwork.examples((step * WORKERS + worker) * BATCH, BATCH)),
              RoundPlan.ofStretches(STEPS, () -> ROUND, SET::due),
              SET,
              averaged);
      FlatVector end = averaging.train(start(), listener).vector();
      return end.headSha256(end.length());
    }
  }

  private static TrainingState start() {
    try (Replica replica = SmallNetwork.recipe(ADAM, MaskedGradient.NONE).build()) {
      FlatVector vector = replica.vector();
      AveragedState initial = AveragedState.initial(TENSORS, vector.head(replica.parameters()));
      return new TrainingState(0, vector, SET.initial(initial));
    }
  }

  /** Writes what it holds of a round two rounds later, and compares it with what was fetched. */
  private static final class WrittenLater implements RoundListener {
    private static final int ROUNDS = 2;

    private record Held(FlatVector fetched, HeldVector vector) {}

    private final Deque<Held> held = new ArrayDeque<>();
    private final PartsFolder parts;
    private int compared;

    WrittenLater(PartsFolder parts) {
      this.parts = parts;
    }

    @Override
    public void finished(RoundSummary round, RoundEnd end) {
      held.add(new Held(end.vector().get(), end.held().get()));
      if (held.size() > ROUNDS) {
        compare(held.remove());
      }
    }

    @Override
    public void ending() {
      held.forEach(this::compare);
    }

    private void compare(Held each) {
      try (HeldVector vector = each.vector()) {
        List<VectorPart> written = vector.write(parts);
        parts.requireWhole(written);
        assertThat(parts.read(vector.length(), written).bytes()).isEqualTo(each.fetched().bytes());
        compared++;
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
  }
}
