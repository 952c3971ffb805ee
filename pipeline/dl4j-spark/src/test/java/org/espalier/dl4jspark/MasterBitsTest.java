package org.espalier.dl4jspark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.espalier.dl4jspark.Fits.TO_NINETY_PERCENT;
import static org.espalier.dl4jspark.Fits.graph;
import static org.espalier.dl4jspark.Fits.master;
import static org.espalier.dl4jspark.Fits.sha;
import static org.espalier.dl4jspark.StockNetworks.minibatches;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.espalier.sparsity.Dense;
import org.espalier.sparsity.MaskedGradient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;

/** The bits of a fit are those of its settings, however data comes and wherever it runs. */
class MasterBitsTest {
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
  void threadsAndPartitionsDoNotShowEvenWithDropout() {
    String inOnePiece = bits("local[1]", 1);
    assertThat(bits("local[3]", 5)).isEqualTo(inOnePiece);
    assertThat(bits("local[3]", 3)).isEqualTo(inOnePiece);
  }

  @Test
  void theSeedDecidesWhatDropoutDrops() {
    assertThat(dropout(1)).isNotEqualTo(dropout(2));
    assertThat(dropout(1)).isEqualTo(dropout(1));
  }

  @Test
  void multiDataSetsAndFilesGiveTheBitsOfDataSets(
      @org.junit.jupiter.api.io.TempDir java.io.File folder) {
    List<DataSet> data = minibatches(0, 7, 8);
    ComputationGraph fromDataSets = graph(new Adam(0.01));
    Fits.fit(spark, fromDataSets, master(2).build(), data);
    ComputationGraph fromMultiDataSets = graph(new Adam(0.01));
    List<MultiDataSet> multi = new ArrayList<>();
    data.forEach(each -> multi.add(each.toMultiDataSet()));
    new SparkComputationGraph(spark, fromMultiDataSets, master(2).build())
        .fitMultiDataSet(spark.parallelize(multi));
    assertThat(fromMultiDataSets.params()).isEqualTo(fromDataSets.params());
    List<String> paths = new ArrayList<>();
    for (int i = 0; i < data.size(); i++) {
      File file = new File(folder, i + ".bin");
      data.get(i).save(file);
      paths.add(file.toURI().toString());
    }
    ComputationGraph fromFiles = graph(new Adam(0.01));
    new SparkComputationGraph(spark, fromFiles, master(2).build())
        .fitPaths(spark.parallelize(paths));
    assertThat(fromFiles.params()).isEqualTo(fromDataSets.params());
  }

  @Test
  void executorsKnowTheReplicasOfTheLastFitAgain() {
    ComputationGraph network = graph(new Sgd(0.1));
    SparkComputationGraph program = new SparkComputationGraph(spark, network, master(2).build());
    String before = nameOf(program);
    program.fit(spark.parallelize(minibatches(0, 6, 8)));
    assertThat(nameOf(program)).isEqualTo(before);
    ComputationGraph other = graph(new Sgd(0.2));
    assertThat(nameOf(new SparkComputationGraph(spark, other, master(2).build())))
        .isNotEqualTo(before);
  }

  @Test
  void kryoCarriesARoundToo() {
    stop();
    SparkConf conf = StockNetworks.conf("local[2]");
    conf.set("spark.serializer", "org.apache.spark.serializer.KryoSerializer");
    conf.set("spark.kryo.registrator", "org.nd4j.kryo.Nd4jRegistrator");
    ComputationGraph network = graph(new Adam(0.01));
    try (JavaSparkContext kryo = new JavaSparkContext(conf)) {
      new SparkComputationGraph(kryo, network, master(2).build())
          .fit(kryo.parallelize(minibatches(0, 6, 8)));
    } finally {
      start();
    }
    ComputationGraph plain = graph(new Adam(0.01));
    Fits.fit(spark, plain, master(2).build(), minibatches(0, 6, 8));
    assertThat(network.params()).isEqualTo(plain.params());
  }

  @Test
  void nothingOfAFitStaysOnTheCluster() {
    Fits.fit(spark, graph(new Sgd(0.1)), master(2).build(), minibatches(0, 6, 8));
    assertThat(spark.getPersistentRDDs()).isEmpty();
  }

  private static String bits(String cluster, int partitions) {
    stop();
    try (JavaSparkContext other = StockNetworks.spark(cluster)) {
      ComputationGraph network =
          new ComputationGraph(
              StockNetworks.graph(new Adam(0.01), StockNetworks.hidden().dropOut(0.5).build()));
      var master = master(3).averagingFrequency(3).maskingMethod(TO_NINETY_PERCENT).seed(5).build();
      new SparkComputationGraph(other, network, master)
          .fit(other.parallelize(minibatches(0, 29, 8), partitions));
      return sha(master);
    } finally {
      start();
    }
  }

  private static String dropout(long seed) {
    ComputationGraph network =
        new ComputationGraph(
            StockNetworks.graph(new Sgd(0.1), StockNetworks.hidden().dropOut(0.5).build()));
    var master = master(2).seed(seed).build();
    Fits.fit(spark, network, master, minibatches(0, 6, 8));
    return sha(master);
  }

  private static String nameOf(SparkComputationGraph program) {
    var settings =
        new MasterSettings(2, 1, new Dense(), MaskedGradient.NONE, 0, OptionalLong.empty());
    return NetworkBlueprint.of(new DriverGraph(program), settings).name();
  }
}
