package org.espalier.dl4jspark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.espalier.dl4jspark.StockNetworks.minibatches;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.spark.api.stats.CommonSparkTrainingStats;
import org.deeplearning4j.spark.api.stats.SparkTrainingStats;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.stats.StatsUtils;
import org.espalier.sparsity.ConstantSchedule;
import org.espalier.sparsity.MagnitudePruning;
import org.espalier.sparsity.PruningPlan;
import org.espalier.sparsity.UpdateSteps;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.learning.config.Sgd;

/** What a program hears of a fit: listeners, scores, statistics. */
class MasterObserversTest {
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
  void listenersHearOfEveryRoundWithTheMaskedNetworkInHand() {
    SparkComputationGraph network = network(master());
    Heard heard = new Heard();
    network.setListeners(heard);
    network.fit(spark.parallelize(minibatches(0, 10, 8)));
    network.fit(spark.parallelize(minibatches(0, 4, 8)));
    assertThat(heard.events)
        .containsExactly(
            "epoch starts",
            "2 in epoch 0",
            "4 in epoch 0",
            "5 in epoch 0",
            "epoch ends",
            "epoch starts",
            "6 in epoch 1",
            "7 in epoch 1",
            "epoch ends");
    assertThat(heard.zeros).allMatch(zeros -> zeros >= 190 && zeros < 200);
  }

  @Test
  void theScoreIsTheMeanLossOfTheLastRound() {
    SparkComputationGraph network = network(master());
    network.fit(spark.parallelize(minibatches(0, 4, 8)));
    assertThat(network.getScore()).isBetween(0.1, 2.0).isEqualTo(network.getNetwork().score());
  }

  @Test
  void statisticsAreCollectedOnlyWhenAskedFor() {
    MaskedParameterAveragingTrainingMaster master = master();
    network(master).fit(spark.parallelize(minibatches(0, 4, 8)));
    assertThat(master.getIsCollectTrainingStats()).isFalse();
    assertThat(master.getTrainingStats()).isNull();
  }

  @Test
  void statisticsTellTheDurationsOfEveryPhase(@TempDir File folder) throws Exception {
    MaskedParameterAveragingTrainingMaster master = master();
    SparkComputationGraph network = network(master);
    network.setCollectTrainingStats(true);
    network.fit(spark.parallelize(minibatches(0, 10, 8)));
    SparkTrainingStats statistics = network.getSparkTrainingStats();
    assertThat(statistics.getKeySet())
        .containsExactly(
            "FitTimesMs",
            "DealTimesMs",
            "RoundTimesMs",
            "SlowestWorkerTimesMs",
            "MaskUpdateTimesMs");
    assertThat(statistics.getValue("RoundTimesMs")).hasSize(3);
    assertThat(statistics.getValue("FitTimesMs")).hasSize(1);
    long rounds =
        statistics.getValue("RoundTimesMs").stream()
            .mapToLong(round -> round.getDurationMs())
            .sum();
    assertThat(statistics.getValue("FitTimesMs").get(0).getDurationMs()).isGreaterThan(rounds);
    assertThat(statistics.statsAsString().lines()).hasSize(5);

    ByteArrayOutputStream page = new ByteArrayOutputStream();
    StatsUtils.exportStatsAsHTML(statistics, page);
    assertThat(page.toString(StandardCharsets.UTF_8)).contains("RoundTimesMs");
    statistics.exportStatFiles(folder.getPath(), spark.sc());
    assertThat(Files.readAllLines(new File(folder, "RoundTimesMs.txt").toPath())).hasSize(4);

    network.fit(spark.parallelize(minibatches(0, 10, 8)));
    assertThat(statistics.getValue("FitTimesMs")).hasSize(1);
    statistics.addOtherTrainingStats(network.getSparkTrainingStats());
    assertThat(statistics.getValue("FitTimesMs")).hasSize(3);
  }

  @Test
  void statisticsOfAnotherKindAreRefused() {
    MasterStatistics statistics = new MasterStatistics();
    assertThatThrownBy(() -> statistics.addOtherTrainingStats(new CommonSparkTrainingStats()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot add training statistics of org.deeplearning4j.spark.api.stats.CommonSparkTrainingStats: they have other phases");
    assertThatThrownBy(() -> statistics.getValue("Rounds"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Cannot find training statistics Rounds: there are [FitTimesMs, ");
  }

  private static final class Heard extends BaseTrainingListener {
    private final List<String> events = new ArrayList<>();
    private final List<Integer> zeros = new ArrayList<>();

    @Override
    public void iterationDone(Model model, int iteration, int epoch) {
      events.add(iteration + " in epoch " + epoch);
      zeros.add(zerosOf(model.params().toFloatVector()));
    }

    private static int zerosOf(float[] values) {
      int zeros = 0;
      for (float value : values) {
        zeros += value == 0 ? 1 : 0;
      }
      return zeros;
    }

    @Override
    public void onEpochStart(Model model) {
      events.add("epoch starts");
    }

    @Override
    public void onEpochEnd(Model model) {
      events.add("epoch ends");
    }
  }

  private static MaskedParameterAveragingTrainingMaster master() {
    return MaskedParameterAveragingTrainingMaster.builder()
        .workers(2)
        .averagingFrequency(2)
        .maskingMethod(
            new MagnitudePruning(
                PruningPlan.uniform(new ConstantSchedule(0.5), UpdateSteps.every(2, 0, 4))))
        .build();
  }

  private static SparkComputationGraph network(MaskedParameterAveragingTrainingMaster master) {
    return new SparkComputationGraph(
        spark, new ComputationGraph(StockNetworks.graph(new Sgd(0.1))), master);
  }
}
