package org.espalier.dl4jspark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.espalier.dl4jspark.Fits.TO_NINETY_PERCENT;
import static org.espalier.dl4jspark.Fits.graph;
import static org.espalier.dl4jspark.Fits.master;
import static org.espalier.dl4jspark.Fits.sha;
import static org.espalier.dl4jspark.StockNetworks.minibatches;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.espalier.base.Metric;
import org.espalier.engine.replica.Dl4jLayout;
import org.espalier.engine.replica.Dl4jRecipe;
import org.espalier.engine.replica.Judge;
import org.espalier.engine.replica.Replica;
import org.espalier.engine.replica.RunningMoments;
import org.espalier.engine.replica.Tally;
import org.espalier.engine.tensor.NetworkTensors;
import org.espalier.sparsity.MaskedGradient;
import org.espalier.sparsity.SparseTensor;
import org.espalier.sparsity.SparseTensors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

class TrainingMasterTest {
  private static JavaSparkContext spark;

  @BeforeAll
  static void start() {
    spark = StockNetworks.spark("local[2]");
  }

  @AfterAll
  static void stop() {
    spark.close();
  }

  @Test
  void averagingEveryStepFollowsOneProcessWithBothBatches() {
    ComputationGraph averaged = graph(new Sgd(0.1));
    Fits.fit(spark, averaged, master(2).build(), minibatches(0, 40, 8));
    ComputationGraph alone = graph(new Sgd(0.1));
    minibatches(0, 20, 16).forEach(alone::fit);
    assertThat(distance(averaged.params(), alone.params())).isLessThan(1e-6);
    assertThat(averaged.getIterationCount()).isEqualTo(20);
  }

  @Test
  void oneWorkerGivesTheBitsOfTheProgramWithoutACluster() {
    IUpdater slower = new Adam(new MapSchedule(ScheduleType.EPOCH, Map.of(0, 0.01, 1, 0.001)));
    for (IUpdater updater : List.of(new Nesterovs(0.1, 0.9), slower)) {
      ComputationGraph averaged = graph(updater);
      ComputationGraph alone = graph(updater);
      var master = master(1).averagingFrequency(3).build();
      for (int epoch = 0; epoch < 2; epoch++) {
        Fits.fit(spark, averaged, master, minibatches(epoch * 5, epoch * 5 + 5, 8));
        minibatches(epoch * 5, epoch * 5 + 5, 8).forEach(alone::fit);
        alone.incrementEpochCount();
      }
      assertThat(averaged.params()).as("%s", updater).isEqualTo(alone.params());
      assertThat(averaged.updaterState()).as("%s", updater).isEqualTo(alone.updaterState());
      assertThat(averaged.getEpochCount()).isEqualTo(2);
    }
  }

  @Test
  void aMultiLayerNetworkKeepsItsBitsAndTheOrderOfItsUpdaterState() {
    MultiLayerNetwork averaged = stack(new Adam(0.01));
    MultiLayerNetwork alone = stack(new Adam(0.01));
    new SparkDl4jMultiLayer(spark, averaged, master(1).build())
        .fit(spark.parallelize(minibatches(0, 6, 8)));
    minibatches(0, 6, 8).forEach(alone::fit);
    assertThat(averaged.params()).isEqualTo(alone.params());
    assertThat(averaged.updaterState()).isEqualTo(alone.updaterState());
    assertThat(averaged.getIterationCount()).isEqualTo(6);
  }

  @Test
  void aMultiLayerNetworkIsPrunedByTheNamesOfItsParameterTable() {
    MultiLayerNetwork network = stack(new Adam(0.01));
    var master = master(2).maskingMethod(TO_NINETY_PERCENT).build();
    new SparkDl4jMultiLayer(spark, network, master).fit(spark.parallelize(minibatches(0, 20, 8)));
    assertThat(master.masks().names()).containsExactly("0/W", "1/W");
    assertThat(master.masks().mask("0/W").kept()).isEqualTo(32);
    assertThat(notZero(network.getParam("0_W").dup().data().asFloat())).isEqualTo(32);
  }

  @Test
  void pruningToNinetyPercentKeepsExactCounts() {
    ComputationGraph network = new ComputationGraph(StockNetworks.convolutional(new Adam(0.01)));
    var master = master(2).averagingFrequency(3).maskingMethod(TO_NINETY_PERCENT).build();
    Fits.fit(spark, network, master, minibatches(0, 20, 8));
    SparseTensors tensors = NetworkTensors.of(network).sparsifiable();
    assertThat(tensors.names()).containsExactlyInAnyOrder("conv/W", "hidden/W", "classes/W");
    for (SparseTensor tensor : tensors) {
      assertThat(master.masks().mask(tensor.name()).kept()).isEqualTo(tensor.length() / 10);
      float[] weights =
          Arrays.copyOfRange(
              network.params().toFloatVector(), tensor.offset(), tensor.offset() + tensor.length());
      assertThat(notZero(weights)).as(tensor.name()).isEqualTo(tensor.length() / 10);
    }
  }

  @Test
  void whatTheDriverComputesIsWhatTheReplicasCompute() {
    ComputationGraph network = new ComputationGraph(StockNetworks.convolutional(new Sgd(0.1)));
    var master = master(2).maskingMethod(TO_NINETY_PERCENT).build();
    Fits.fit(spark, network, master, minibatches(0, 16, 8));
    SparseTensors tensors = NetworkTensors.of(network).sparsifiable();
    Dl4jRecipe recipe =
        new Dl4jRecipe(network.getConfiguration().toJson(), tensors, MaskedGradient.NONE);
    DataSet batch = minibatches(100, 101, 50).get(0);
    try (Replica replica = recipe.build()) {
      replica.load(master.state().vector().values(), 8);
      replica.hold(master.masks());
      double ofReplica = replica.evaluate(batch.toMultiDataSet(), new MeanLoss()).sum(0);
      INDArray logarithms = Transforms.log(network.outputSingle(batch.getFeatures()));
      double ofDriver = -logarithms.mul(batch.getLabels()).sumNumber().doubleValue() / 50;
      assertThat(ofDriver).isCloseTo(ofReplica, offset(1e-5));
    }
  }

  @Test
  void batchNormalisationIsMergedFromMeansAndSquares() {
    for (boolean logarithms : new boolean[] {true, false}) {
      var configuration = StockNetworks.normalised(new Sgd(0.1), logarithms);
      float[][] alone = new float[2][];
      for (int worker = 0; worker < 2; worker++) {
        ComputationGraph network = new ComputationGraph(configuration.clone());
        network.init();
        network.fit(minibatches(worker, worker + 1, 8 + 8 * worker).get(0));
        alone[worker] = network.params().toFloatVector();
      }
      ComputationGraph together = new ComputationGraph(configuration.clone());
      List<DataSet> both = new ArrayList<>(minibatches(0, 1, 8));
      both.addAll(minibatches(1, 2, 16));
      Fits.fit(spark, together, master(2).build(), both);
      RunningMoments moments = Dl4jLayout.of(together, MaskedGradient.NONE).moments().get(0);
      assertThat(moments.channels()).isEqualTo(16);
      float[] merged = together.params().toFloatVector();
      for (int channel = 0; channel < moments.channels(); channel++) {
        double mean = 0;
        double square = 0;
        for (int worker = 0; worker < 2; worker++) {
          double share = (1 + worker) / 3.0;
          double own = alone[worker][moments.mean() + channel];
          double spread = alone[worker][moments.spread() + channel];
          double variance = logarithms ? Math.pow(10, 2 * spread) : spread;
          mean += share * own;
          square += share * (variance + own * own);
        }
        double spread = merged[moments.spread() + channel];
        assertThat(merged[moments.mean() + channel]).isCloseTo((float) mean, offset(1e-6f));
        assertThat(logarithms ? Math.pow(10, 2 * spread) : spread)
            .isCloseTo(square - mean * mean, offset(1e-5));
      }
    }
  }

  @Test
  void rawWeightsStayBehindTheMasks() {
    ComputationGraph network = graph(new Sgd(0.1));
    var master = master(2).maskingMethod(TO_NINETY_PERCENT).build();
    Fits.fit(spark, network, master, minibatches(0, 16, 8));
    int parameters = (int) network.numParams();
    assertThat(notZero(network.params().toFloatVector())).isLessThan(parameters / 4);
    assertThat(notZero(master.state().vector().head(parameters))).isEqualTo(parameters);
  }

  @Test
  void twoFitsContinueWithRawWeightsLikeOneLongFit() {
    ComputationGraph once = graph(new Adam(0.01));
    var masterOfOne = master(2).maskingMethod(TO_NINETY_PERCENT).build();
    Fits.fit(spark, once, masterOfOne, minibatches(0, 20, 8));
    ComputationGraph twice = graph(new Adam(0.01));
    var masterOfTwo = master(2).maskingMethod(TO_NINETY_PERCENT).build();
    Fits.fit(spark, twice, masterOfTwo, minibatches(0, 10, 8));
    Fits.fit(spark, twice, masterOfTwo, minibatches(10, 20, 8));
    assertThat(masterOfTwo.state().step()).isEqualTo(10);
    assertThat(sha(masterOfTwo)).isEqualTo(sha(masterOfOne));
    assertThat(twice.params()).isEqualTo(once.params());
  }

  @Test
  void aNetworkThatWasChangedBeginsWithItsOwnWeights() {
    var master = master(2).maskingMethod(TO_NINETY_PERCENT).build();
    Fits.fit(spark, graph(new Sgd(0.1)), master, minibatches(0, 20, 8));
    ComputationGraph other = graph(new Sgd(0.1));
    Fits.fit(spark, other, master, minibatches(0, 4, 8));
    ComputationGraph fresh = graph(new Sgd(0.1));
    Fits.fit(
        spark, fresh, master(2).maskingMethod(TO_NINETY_PERCENT).build(), minibatches(0, 4, 8));
    assertThat(other.params()).isEqualTo(fresh.params());
  }

  @Test
  void workersWithoutAMinibatchSitTheStepOut() {
    ComputationGraph averaged = graph(new Sgd(0.1));
    Fits.fit(spark, averaged, master(4).build(), minibatches(0, 1, 8));
    ComputationGraph alone = graph(new Sgd(0.1));
    minibatches(0, 1, 8).forEach(alone::fit);
    assertThat(averaged.params()).isEqualTo(alone.params());
  }

  @Test
  void aShortLastStepIsDone() {
    ComputationGraph network = graph(new Sgd(0.1));
    Fits.fit(spark, network, master(2).averagingFrequency(2).build(), minibatches(0, 5, 8));
    assertThat(network.getIterationCount()).isEqualTo(3);
  }

  private static MultiLayerNetwork stack(IUpdater updater) {
    MultiLayerNetwork stack = new MultiLayerNetwork(StockNetworks.stack(updater));
    stack.init();
    return stack;
  }

  private static int notZero(float[] values) {
    int count = 0;
    for (float value : values) {
      count += value == 0 ? 0 : 1;
    }
    return count;
  }

  private static double distance(INDArray actual, INDArray expected) {
    return actual.distance2(expected) / expected.norm2Number().doubleValue();
  }

  /** The mean cross-entropy of one-hot labels. */
  private record MeanLoss() implements Judge {
    @Override
    public Tally judge(INDArray output, MultiDataSet batch) {
      INDArray logarithms = Transforms.log(output);
      double sum = logarithms.mul(batch.getLabels(0)).sumNumber().doubleValue();
      return Tally.of(-sum / output.size(0));
    }

    @Override
    public Metric leading() {
      return Metric.CROSS_ENTROPY;
    }

    @Override
    public Map<Metric, Double> metrics(Tally whole) {
      return Map.of(leading(), whole.sum(0));
    }
  }
}
