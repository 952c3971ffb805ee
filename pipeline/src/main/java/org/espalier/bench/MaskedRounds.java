package org.espalier.bench;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.espalier.averaging.MaskedAveraging;
import org.espalier.averaging.PhaseTotals;
import org.espalier.averaging.RoundPlan;
import org.espalier.averaging.RoundSummary;
import org.espalier.averaging.TrainingState;
import org.espalier.averaging.WorkerData;
import org.espalier.model.SparsifiableTensors;
import org.espalier.sparsity.Dense;
import org.espalier.sparsity.Mask;
import org.espalier.sparsity.MaskSet;
import org.espalier.sparsity.MaskedGradient;
import org.espalier.sparsity.SparseTensor;
import org.espalier.sparsity.SparseTensors;
import org.espalier.training.Dl4jLayout;
import org.espalier.training.Dl4jRecipe;
import org.espalier.training.Dl4jReplica;
import org.espalier.training.FlatVector;
import org.espalier.training.VectorLayout;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** Measures Espalier's rounds. */
public final class MaskedRounds {
  private MaskedRounds() {}

  /** Runs the rounds on this cluster. */
  public static RoundFigures measure(JavaSparkContext spark, RoundBench bench) {
    ComputationGraph graph = new ComputationGraph(SyntheticNetwork.of(bench.parameters()));
    graph.init();
    SparseTensors tensors = SparsifiableTensors.of(graph);
    VectorLayout layout = Dl4jLayout.of(graph, MaskedGradient.NONE);
    Dl4jRecipe recipe =
        new Dl4jRecipe(graph.getConfiguration().toJson(), tensors, MaskedGradient.NONE);
    try (Dl4jReplica replica = Dl4jReplica.of(graph, tensors, MaskedGradient.NONE);
        Traffic traffic = new Traffic(spark)) {
      byte[] bytes = new byte[replica.length() * Float.BYTES];
      replica.read(0, FlatVector.floats(ByteBuffer.wrap(bytes)));
      TrainingState start =
          new TrainingState(0, FlatVector.wrap(bytes), masks(tensors, bench.density()));
      List<RoundSummary> rounds = new ArrayList<>();
      List<Long> results = new ArrayList<>();
      Map<String, MemoryHeld> warm = new TreeMap<>();
      new MaskedAveraging(
              spark,
              "bench-round",
              recipe,
              layout,
              tensors,
              data(spark, bench.workers()),
              new RoundPlan(bench.allRounds(), RoundBench.STEPS, step -> false),
              new Dense())
          .train(
              start,
              (round, state) -> {
                traffic.settle();
                rounds.add(round);
                if (rounds.size() == bench.warmUp()) {
                  warm.putAll(MemoryProbe.take(spark));
                }
                results.add(traffic.results());
              });
      int last = rounds.size() - 1;
      int before = bench.warmUp() - 1;
      List<RoundSummary> counted = rounds.subList(bench.warmUp(), rounds.size());
      PhaseTotals phases = new PhaseTotals();
      counted.forEach(phases::add);
      return new RoundFigures(
          replica.parameters(),
          Medians.of(counted, RoundSummary::seconds),
          Medians.of(counted, RoundSummary::computeSeconds),
          Medians.of(counted, round -> round.seconds() - round.computeSeconds()),
          Math.round(Medians.of(counted, RoundSummary::bytesUp)) / bench.workers(),
          Float.BYTES * (long) layout.length()
              + (results.get(last) - results.get(before)) / bench.rounds(),
          phases.toString(),
          warm,
          MemoryProbe.take(spark));
    }
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
