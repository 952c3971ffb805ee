package org.espalier.dl4jspark;

import static org.espalier.dl4jspark.StockNetworks.minibatches;

import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.espalier.sparsity.CubicSchedule;
import org.espalier.sparsity.MagnitudePruning;
import org.espalier.sparsity.MaskingMethod;
import org.espalier.sparsity.PruningPlan;
import org.espalier.sparsity.UpdateSteps;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.IUpdater;

/** Programs of dl4j-spark with this project's training master. */
final class Fits {
  static final MaskingMethod TO_NINETY_PERCENT =
      new MagnitudePruning(
          PruningPlan.uniform(new CubicSchedule(0, 8, 0.9), UpdateSteps.every(2, 0, 8)));

  private Fits() {}

  static TrainingMasterBuilder master(int workers) {
    return MaskedParameterAveragingTrainingMaster.builder().workers(workers);
  }

  static void fit(
      JavaSparkContext spark,
      ComputationGraph network,
      MaskedParameterAveragingTrainingMaster master,
      List<DataSet> minibatches) {
    new SparkComputationGraph(spark, network, master).fit(spark.parallelize(minibatches, 3));
  }

  static ComputationGraph graph(IUpdater updater) {
    ComputationGraph graph = new ComputationGraph(StockNetworks.graph(updater));
    graph.init();
    return graph;
  }

  /** Of parameters, of what the optimiser remembers, and of the masks. */
  static String sha(MaskedParameterAveragingTrainingMaster master) {
    var vector = master.state().vector();
    return vector.headSha256(vector.length()) + master.masks().sha256();
  }
}
