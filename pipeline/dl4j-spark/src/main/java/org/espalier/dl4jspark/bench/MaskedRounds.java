package org.espalier.dl4jspark.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.espalier.averaging.Averaged;
import org.espalier.averaging.MaskedAveraging;
import org.espalier.averaging.PhaseTotals;
import org.espalier.averaging.RoundListener;
import org.espalier.averaging.RoundPlan;
import org.espalier.averaging.RoundSummary;
import org.espalier.averaging.TrainingState;
import org.espalier.averaging.WorkerData;
import org.espalier.engine.optimiser.UpdatePlan;
import org.espalier.engine.replica.Dl4jLayout;
import org.espalier.engine.replica.Dl4jRecipe;
import org.espalier.engine.replica.Dl4jReplica;
import org.espalier.engine.replica.ReplicaRecipe;
import org.espalier.engine.replica.VectorLayout;
import org.espalier.engine.tensor.NetworkTensors;
import org.espalier.sparsity.Dense;
import org.espalier.sparsity.Mask;
import org.espalier.sparsity.MaskSet;
import org.espalier.sparsity.MaskedGradient;
import org.espalier.sparsity.SparseTensor;
import org.espalier.sparsity.SparseTensors;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** Measures Espalier's rounds. */
public final class MaskedRounds {
  private static final long SEED = 1;

  private MaskedRounds() {}

  /** Runs rounds in which parameters are averaged on this cluster. */
  public static RoundFigures measure(JavaSparkContext spark, RoundBench bench) {
    ComputationGraph graph = new ComputationGraph(SyntheticNetwork.of(bench.parameters()));
    graph.init();
    return measure(spark, bench, graph, new Averaged.Parameters(), RoundBench.STEPS);
  }

  /** Runs stretches in which gradients are averaged; figures are those of a step. */
  public static RoundFigures measureGradients(JavaSparkContext spark, RoundBench bench) {
    ComputationGraph graph =
        new ComputationGraph(SyntheticNetwork.of(bench.parameters(), bench.rule()));
    graph.init();
    Averaged gradients = new Averaged.Gradients(UpdatePlan.elsewhere(graph));
    return measure(spark, bench, graph, gradients, bench.steps());
  }

  private static RoundFigures measure(
      JavaSparkContext spark,
      RoundBench bench,
      ComputationGraph graph,
      Averaged averaged,
      int steps) {
    SparseTensors tensors = NetworkTensors.of(graph).sparsifiable();
    VectorLayout layout = Dl4jLayout.of(graph, MaskedGradient.NONE);
    ReplicaRecipe recipe = recipe(graph, tensors, averaged);
    TrainingState start = start(graph, tensors, bench.density());
    try (Traffic traffic = new Traffic(spark)) {
      WorkerData data = data(spark, bench.workers());
      IntFunction<MaskedAveraging> averaging =
          rounds ->
              new MaskedAveraging(
                  spark,
                  "bench-round",
                  recipe,
                  layout,
                  tensors,
                  SEED,
                  data,
                  new RoundPlan((long) rounds * steps, steps, step -> false),
                  new Dense(),
                  averaged);
      bench.warmUp(rounds -> averaging.apply(rounds).train(start, (round, state) -> {}));
      return measure(
          spark,
          bench,
          listener -> averaging.apply(1 + bench.rounds()).train(start, listener),
          traffic,
          layout.length(),
          averaged instanceof Averaged.Parameters ? Float.BYTES * (long) layout.length() : 0,
          steps);
    }
  }

  private static ReplicaRecipe recipe(
      ComputationGraph graph, SparseTensors tensors, Averaged averaged) {
    Dl4jRecipe recipe =
        new Dl4jRecipe(graph.getConfiguration().toJson(), tensors, MaskedGradient.NONE);
    return averaged instanceof Averaged.Gradients gradients
        ? recipe.ofGradients(gradients.plan())
        : recipe;
  }

  /** The network's state, which outlives the network. */
  private static TrainingState start(
      ComputationGraph graph, SparseTensors tensors, double density) {
    try (Dl4jReplica replica = Dl4jReplica.of(graph, tensors, MaskedGradient.NONE)) {
      return new TrainingState(0, replica.vector(), masks(tensors, density));
    }
  }

  /**
   * The first round, which sends the vector and finds the executors, does not count.
   *
   * @param fetched bytes of the vector, where the driver fetches it after every round
   */
  private static RoundFigures measure(
      JavaSparkContext spark,
      RoundBench bench,
      Consumer<RoundListener> training,
      Traffic traffic,
      int length,
      long fetched,
      int steps) {
    List<RoundSummary> rounds = new ArrayList<>();
    List<Long> results = new ArrayList<>();
    List<MemorySample> memory = new ArrayList<>();
    memory.add(MemoryProbe.take(spark, "before"));
    training.accept(
        (round, state) -> {
          if (!results.isEmpty()) {
            rounds.add(round);
          }
          traffic.settle();
          results.add(traffic.results());
          if (rounds.isEmpty()) {
            memory.add(MemoryProbe.take(spark, "after the first round"));
          } else if (rounds.size() == bench.rounds() / 2) {
            memory.add(MemoryProbe.take(spark, "half way"));
          } else if (rounds.size() == bench.rounds()) {
            memory.add(MemoryProbe.take(spark, "after the last round"));
          }
        });
    memory.add(MemoryProbe.take(spark, "afterwards"));
    PhaseTotals phases = new PhaseTotals();
    rounds.forEach(phases::add);
    long resultBytes = (results.get(bench.rounds()) - results.get(0)) / bench.rounds();
    return new RoundFigures(
        length,
        Medians.of(rounds, RoundSummary::seconds) / steps,
        Medians.of(rounds, round -> round.phases().compute()) / steps,
        Medians.of(rounds, round -> round.seconds() - round.phases().compute()) / steps,
        Math.round(Medians.of(rounds, RoundSummary::bytesUp)) / bench.workers() / steps,
        executors(spark),
        Math.round(Medians.of(rounds, round -> round.bytesUp() + round.bytesDown()))
            / executors(spark)
            / steps,
        (fetched + resultBytes) / steps,
        phases.toString(),
        memory);
  }

  /** Number of processes that carry workers. */
  static int executors(JavaSparkContext spark) {
    return Math.max(1, spark.sc().statusTracker().getExecutorInfos().length - 1);
  }

  private static WorkerData data(JavaSparkContext spark, int workers) {
    return WorkerData.opened(
        spark,
        workers,
        worker -> {
          MultiDataSet examples = SyntheticNetwork.examples(worker).toMultiDataSet();
          return step -> examples;
        });
  }

  /** Every tensor keeps one weight of every {@code 1 / density}, evenly. */
  private static MaskSet masks(SparseTensors tensors, double density) {
    Map<String, Mask> masks = new HashMap<>();
    for (SparseTensor tensor : tensors) {
      masks.put(
          tensor.name(),
          Mask.where(
              tensor.length(), i -> Math.floor((i + 1) * density) > Math.floor(i * density)));
    }
    return MaskSet.of(masks);
  }
}
