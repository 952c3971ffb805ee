package org.espalier.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.spark.api.TrainingMaster;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.espalier.datasets.RowRange;
import org.espalier.datasets.Split;
import org.espalier.datasets.digits.GeneratedDigits;
import org.espalier.dl4jspark.MaskedParameterAveragingTrainingMaster;
import org.espalier.sparsity.CubicSchedule;
import org.espalier.sparsity.MagnitudePruning;
import org.espalier.sparsity.PruningPlan;
import org.espalier.sparsity.UpdateSteps;
import org.junit.jupiter.api.Test;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * A dl4j-spark program that learns digits, and the one line by which it becomes sparse and
 * reproducible: the one that builds its training master.
 */
class DropInExampleTest {
  private static final int WORKERS = 2;
  private static final int BATCH = 32;
  private static final int EPOCHS = 4;

  @Test
  void theProgramRunsWithTheMasterOfDl4jSpark() throws IOException {
    TrainingMaster<?, ?> master =
        new ParameterAveragingTrainingMaster.Builder(WORKERS, BATCH)
            .batchSizePerWorker(BATCH)
            .averagingFrequency(5)
            .build();
    assertThat(learnDigits(master)).isGreaterThan(0.7);
  }

  @Test
  void theProgramRunsSparseWithOneLineChanged() throws IOException {
    MaskedParameterAveragingTrainingMaster master =
        MaskedParameterAveragingTrainingMaster.builder()
            .workers(WORKERS)
            .averagingFrequency(5)
            .maskingMethod(
                new MagnitudePruning(
                    PruningPlan.uniform(
                        new CubicSchedule(20, 100, 0.9), UpdateSteps.every(20, 20, 100))))
            .build();
    assertThat(learnDigits(master)).isGreaterThan(0.7);
    assertThat(master.masks().kept()).isEqualTo(7840 + 100);
  }

  /** The program. */
  private static double learnDigits(TrainingMaster<?, ?> master) throws IOException {
    SparkConf conf =
        new SparkConf()
            .setMaster("local[2]")
            .setAppName("digits")
            .set("spark.ui.enabled", "false")
            .set("spark.driver.host", "127.0.0.1");
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      JavaRDD<DataSet> train = spark.parallelize(digits(Split.TRAIN, 2000));
      JavaRDD<DataSet> test = spark.parallelize(digits(Split.TEST, 500));
      MultiLayerConfiguration network =
          new NeuralNetConfiguration.Builder()
              .seed(1)
              .updater(new Adam(2e-3))
              .list()
              .layer(
                  new DenseLayer.Builder().nIn(784).nOut(100).activation(Activation.RELU).build())
              .layer(
                  new OutputLayer.Builder(LossFunction.NEGATIVELOGLIKELIHOOD)
                      .nIn(100)
                      .nOut(10)
                      .activation(Activation.SOFTMAX)
                      .build())
              .build();
      SparkDl4jMultiLayer program = new SparkDl4jMultiLayer(spark, network, master);
      for (int epoch = 0; epoch < EPOCHS; epoch++) {
        program.fit(train);
      }
      Evaluation evaluation = program.evaluate(test);
      master.deleteTempFiles(spark);
      return evaluation.accuracy();
    }
  }

  private static List<DataSet> digits(String split, int rows) throws IOException {
    INDArray pixels = Nd4j.create(rows, 784);
    INDArray labels = Nd4j.create(rows, 10);
    List<Integer> drawn = new ArrayList<>();
    new GeneratedDigits(1)
        .read(
            split,
            new RowRange(0, rows),
            new Configuration(),
            drawnRow -> {
              byte[] image = (byte[]) drawnRow.values().get(0);
              int label = (Integer) drawnRow.values().get(1);
              int row = drawn.size();
              drawn.add(label);
              labels.putScalar(row, label, 1);
              for (int i = 0; i < image.length; i++) {
                pixels.putScalar(row, i, (image[i] & 0xFF) / 255f);
              }
            });
    return new DataSet(pixels, labels).batchBy(BATCH);
  }
}
