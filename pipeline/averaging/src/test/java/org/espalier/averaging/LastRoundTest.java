package org.espalier.averaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.espalier.engine.kernel.UpdateRule;
import org.espalier.engine.optimiser.Optimiser;
import org.espalier.engine.replica.FlatVector;
import org.espalier.engine.replica.Replica;
import org.espalier.engine.replica.SmallNetwork;
import org.espalier.engine.replica.StepReport;
import org.espalier.engine.replica.WorkerBatches;
import org.espalier.sparsity.AveragedState;
import org.espalier.sparsity.CubicSchedule;
import org.espalier.sparsity.MagnitudePruning;
import org.espalier.sparsity.MaskSet;
import org.espalier.sparsity.MaskedGradient;
import org.espalier.sparsity.MaskingMethod;
import org.espalier.sparsity.PruningPlan;
import org.espalier.sparsity.SparseTensors;
import org.espalier.sparsity.UpdateSteps;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * A last round of seven steps under masks and weight decay, of which the workers have seven, four,
 * one and no batches.
 */
class LastRoundTest {
  private static final long[] ENDS = {14, 11, 8, 7};
  private static final int WORKERS = ENDS.length;
  private static final int COMPLETE = 7;
  private static final int STEPS = 14;
  private static final MaskingMethod MAGNITUDE =
      new MagnitudePruning(
          PruningPlan.uniform(
              new CubicSchedule(2, COMPLETE, 0.8), UpdateSteps.every(5, 2, COMPLETE)));

  @Test
  void itIsTheMeanWeightedByExamplesOfWhatOneProcessTrainsForEachWorker() {
    for (UpdateRule rule : List.of(SmallNetwork.ADAM, SmallNetwork.NESTEROV, SmallNetwork.SGD)) {
      Optimiser optimiser = SmallNetwork.optimiser(rule, 0.01, 0.01);
      TrainingState alone = oneProcess(optimiser);
      for (String master : new String[] {"local[1]", "local[3]"}) {
        TrainingState averaged = averaged(master, optimiser);
        assertThat(averaged.masks().sparsity()).isGreaterThan(0.7);
        assertThat(averaged.masks()).isEqualTo(alone.masks());
        assertThat(values(averaged)).as("%s on %s", rule, master).isEqualTo(values(alone));
      }
    }
  }

  private static TrainingState averaged(String master, Optimiser optimiser) {
    try (JavaSparkContext spark = LocalSpark.on(master)) {
      MaskedAveraging averaging =
          new MaskedAveraging(
              spark,
              "last round on " + master + " by " + optimiser.rule(),
              SmallNetwork.recipe(optimiser, MaskedGradient.NONE),
              SmallNetwork.layout(optimiser),
              SmallNetwork.tensors(optimiser),
              1,
              new RunningOut(WorkerData.opened(spark, WORKERS, Batches::new)),
              plan(),
              MAGNITUDE);
      return averaging.train(start(optimiser), (round, state) -> {});
    }
  }

  /** The same without a cluster: one replica is every worker in turn. */
  private static TrainingState oneProcess(Optimiser optimiser) {
    SparseTensors tensors = SmallNetwork.tensors(optimiser);
    TrainingState state = start(optimiser);
    try (Replica replica = SmallNetwork.recipe(optimiser, MaskedGradient.NONE).build()) {
      for (Iterator<Round> rounds = plan().from(0); rounds.hasNext(); ) {
        Round round = rounds.next();
        double[] sums = new double[replica.length()];
        long examples = 0;
        for (int worker = 0; worker < WORKERS; worker++) {
          replica.load(state.vector().values(), round.firstStep());
          replica.hold(state.masks());
          StepReport report = replica.run(new Batches(worker), round.firstStep(), round.steps());
          float[] trained = replica.vector().head(sums.length);
          for (int i = 0; i < sums.length; i++) {
            sums[i] += (double) trained[i] * report.weight();
          }
          examples += report.weight();
        }
        state = next(round, mean(sums, examples), state.masks(), tensors, replica.parameters());
      }
    }
    return state;
  }

  private static TrainingState next(
      Round round, FlatVector vector, MaskSet masks, SparseTensors tensors, int parameters) {
    MaskSet updated =
        MAGNITUDE.due(round.end())
            ? MAGNITUDE.next(
                AveragedState.after(round.end(), tensors, vector.head(parameters), masks))
            : masks;
    return new TrainingState(round.end(), vector, updated);
  }

  private static FlatVector mean(double[] sums, long examples) {
    float[] mean = new float[sums.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (float) (sums[i] / examples);
    }
    return FlatVector.of(mean);
  }

  private static TrainingState start(Optimiser optimiser) {
    try (Replica replica = SmallNetwork.recipe(optimiser, MaskedGradient.NONE).build()) {
      FlatVector vector = replica.vector();
      AveragedState initial =
          AveragedState.initial(SmallNetwork.tensors(optimiser), vector.head(replica.parameters()));
      return new TrainingState(0, vector, MAGNITUDE.initial(initial));
    }
  }

  private static RoundPlan plan() {
    return new RoundPlan(STEPS, STEPS, MAGNITUDE::due);
  }

  private static float[] values(TrainingState state) {
    return state.vector().head(state.vector().length());
  }

  /** The batches of a worker, as many as it has. */
  private record Batches(int worker) implements WorkerBatches {
    @Override
    public boolean has(long step) {
      return step < ENDS[worker];
    }

    @Override
    public MultiDataSet at(long step) {
      int size = 4 + worker;
      return SmallNetwork.examples((step * WORKERS + worker) * 8, size);
    }
  }

  /** Workers of which some run out of batches after {@link #COMPLETE} steps. */
  private record RunningOut(WorkerData all) implements WorkerData {
    @Override
    public int workers() {
      return all.workers();
    }

    @Override
    public JavaRDD<Worker> shared(List<String> places) {
      return all.shared(places);
    }

    @Override
    public long complete() {
      return COMPLETE;
    }
  }
}
