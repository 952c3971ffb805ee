package org.espalier.dl4jspark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.espalier.dl4jspark.StockNetworks.minibatches;

import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.api.OptimizationAlgorithm;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.layers.EmbeddingLayer;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.espalier.averaging.ExchangeMethod;
import org.espalier.base.Refusal;
import org.espalier.sparsity.ConstantSchedule;
import org.espalier.sparsity.CubicSchedule;
import org.espalier.sparsity.FixedMasks;
import org.espalier.sparsity.MagnitudePruning;
import org.espalier.sparsity.Mask;
import org.espalier.sparsity.MaskSet;
import org.espalier.sparsity.OverridingDistribution;
import org.espalier.sparsity.PruningPlan;
import org.espalier.sparsity.Regrowth;
import org.espalier.sparsity.UniformDistribution;
import org.espalier.sparsity.UpdateSteps;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Sgd;

class TrainingMasterRefusalsTest {
  private static final PruningPlan HALF =
      PruningPlan.uniform(new ConstantSchedule(0.5), UpdateSteps.every(1, 0, 10));

  private static JavaSparkContext spark;

  @BeforeAll
  static void start() {
    spark = StockNetworks.spark("local[1]");
  }

  @AfterAll
  static void stop() {
    spark.close();
  }

  @Test
  void withoutWorkersThereIsNoMaster() {
    assertThatThrownBy(() -> MaskedParameterAveragingTrainingMaster.builder().build())
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot train with 0 workers: the number of logical workers decides the bits of the result; set workers(W) to at least 1.");
  }

  @Test
  void averagingNeedsAFrequencyOfAtLeastOne() {
    assertThatThrownBy(() -> master().averagingFrequency(0).build())
        .isInstanceOf(Refusal.class)
        .hasMessage("Cannot average every 0 steps: the averaging frequency must be at least 1.");
  }

  @Test
  void aPlanNeedsAStep() {
    assertThatThrownBy(() -> master().plannedSteps(0).build())
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot plan for 0 steps: there must be at least 1, or leave plannedSteps away.");
  }

  @Test
  void anEmptyRddIsRefusedAndLeavesNothingBehind() {
    assertThatThrownBy(() -> fit(graph(), master(), List.of()))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot train on an empty RDD: it holds no minibatch; check what the program reads.");
    assertThat(spark.getPersistentRDDs()).isEmpty();
  }

  @Test
  void aFrequencyThatTheFitCannotReachIsRefused() {
    assertThatThrownBy(() -> fit(graph(), master().averagingFrequency(4), minibatches(0, 6, 4)))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot average every 4 steps: the fit ends after 3, which is what the RDD holds for 2 workers; lower the averaging frequency or fit more minibatches at once.");
    assertThat(spark.getPersistentRDDs()).isEmpty();
  }

  @Test
  void masksForATensorThatTheNetworkLacksAreRefused() {
    var masks = new FixedMasks(MaskSet.of(Map.of("hiden/W", Mask.all(320))));
    assertThatThrownBy(() -> fit(graph(), master().maskingMethod(masks), minibatches(0, 2, 4)))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot find a sparse tensor hiden/W in this network: it has 2, the nearest are hidden/W, classes/W.");
  }

  @Test
  void aSparsityForATensorThatTheNetworkLacksIsRefused() {
    var plan =
        HALF.distributedBy(
            new OverridingDistribution(new UniformDistribution(), Map.of("conv/W", 0.1)));
    assertThatThrownBy(
            () ->
                fit(
                    graph(),
                    master().maskingMethod(new MagnitudePruning(plan)),
                    minibatches(0, 2, 4)))
        .isInstanceOf(Refusal.class)
        .hasMessageStartingWith("Cannot find a sparse tensor conv/W in this network");
  }

  @Test
  void aScheduleThatThePlannedStepsCannotFinishIsRefused() {
    var late =
        new MagnitudePruning(
            PruningPlan.uniform(new CubicSchedule(0, 100, 0.9), UpdateSteps.every(10, 0, 100)));
    assertThatThrownBy(
            () -> fit(graph(), master().maskingMethod(late).plannedSteps(50), minibatches(0, 2, 4)))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("ends at step 100 and training at step 50");
  }

  @Test
  void aMethodThatNeedsGradientsIsRefusedBeforeItIsAskedForMasks() {
    var method = new ExchangeMethod(true, Regrowth.ZERO);
    assertThatThrownBy(() -> fit(graph(), master().maskingMethod(method), minibatches(0, 2, 4)))
        .isInstanceOf(Refusal.class)
        .hasMessageStartingWith("Cannot train under exchange: it needs averaged gradients");
    assertThat(spark.getPersistentRDDs()).isEmpty();
  }

  @Test
  void doublePrecisionIsRefused() {
    ComputationGraphConfiguration graph = graph();
    graph.setDataType(DataType.DOUBLE);
    assertThatThrownBy(() -> fit(graph, master(), minibatches(0, 2, 4)))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot train a network of data type DOUBLE: parameters travel as float32; build it with dataType(DataType.FLOAT).");
  }

  @Test
  void truncatedBackpropagationIsRefused() {
    ComputationGraphConfiguration graph = graph();
    graph.setBackpropType(BackpropType.TruncatedBPTT);
    assertThatThrownBy(() -> TrainableNetwork.require(graph, false))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot train with truncated backpropagation through time: it takes several steps per minibatch and rounds count one; use BackpropType.Standard.");
  }

  @Test
  void anOptimiserWithASearchIsRefused() {
    var graph =
        StockNetworks.base(new Sgd(0.1))
            .optimizationAlgo(OptimizationAlgorithm.LBFGS)
            .graphBuilder()
            .addInputs("images")
            .addLayer("classes", StockNetworks.output(16), "images")
            .setOutputs("classes")
            .build();
    assertThatThrownBy(() -> TrainableNetwork.require(graph, false))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot train with LBFGS: its search has a state that cannot be averaged; use STOCHASTIC_GRADIENT_DESCENT with an updater.");
  }

  @Test
  void weightNoiseIsRefusedWhereAMaskTakesItsPlaceAndAllowedElsewhere() {
    var graph =
        StockNetworks.graph(
            new Sgd(0.1), StockNetworks.hidden().weightNoise(new DropConnect(0.5)).build());
    TrainableNetwork.require(graph, false);
    assertThatThrownBy(() -> TrainableNetwork.require(graph, true))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot mask layer hidden: it has weight noise of its own, DropConnect, in the place of the mask; remove it or train dense.");
  }

  @Test
  void layersThatWouldIgnoreAMaskAreRefused() {
    var graph =
        StockNetworks.graph(new Sgd(0.1), new EmbeddingLayer.Builder().nIn(16).nOut(20).build());
    assertThatThrownBy(
            () ->
                fit(
                    graph,
                    master().maskingMethod(new MagnitudePruning(HALF)),
                    minibatches(0, 2, 4)))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot sparsify hidden/W: masks reach dense, 2D convolution and output layers and not EmbeddingLayer; train this network dense or replace the layer.");
  }

  @Test
  void thereAreNoMasksBeforeTheFirstFit() {
    assertThatThrownBy(() -> master().build().masks())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Cannot tell masks or weights before the first fit");
  }

  @Test
  void whatIsNotSupportedSaysWhatIs() {
    var master = master().build();
    assertThatThrownBy(() -> master.addHook(null))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageEndingWith("set a TrainingListener, which is told of every round.");
    assertThatThrownBy(() -> master.removeHook(null))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageStartingWith("Cannot call training hooks: ");
    assertThatThrownBy(() -> master.getWorkerInstance((SparkComputationGraph) null))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageEndingWith("call fit on the Spark network.");
  }

  private static TrainingMasterBuilder master() {
    return MaskedParameterAveragingTrainingMaster.builder().workers(2);
  }

  private static ComputationGraphConfiguration graph() {
    return StockNetworks.graph(new Sgd(0.1));
  }

  private static void fit(
      ComputationGraphConfiguration graph,
      TrainingMasterBuilder master,
      List<DataSet> minibatches) {
    new SparkComputationGraph(spark, new ComputationGraph(graph), master.build())
        .fit(spark.parallelize(minibatches));
  }
}
