package org.espalier.dl4jspark;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.espalier.engine.replica.SmallNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Small networks of stock layers on 4x4 images of three classes, and minibatches for them. */
final class StockNetworks {
  private StockNetworks() {}

  static NeuralNetConfiguration.Builder base(IUpdater updater) {
    return new NeuralNetConfiguration.Builder().seed(7).updater(updater).l2(1e-3);
  }

  /** 16 - 20 - 3. */
  static MultiLayerConfiguration stack(IUpdater updater) {
    return base(updater).list().layer(hidden().build()).layer(output(20)).build();
  }

  /** The same as a graph with names. */
  static ComputationGraphConfiguration graph(IUpdater updater) {
    return graph(updater, hidden().build());
  }

  static ComputationGraphConfiguration graph(IUpdater updater, Layer hidden) {
    return base(updater)
        .graphBuilder()
        .addInputs("images")
        .addLayer("hidden", hidden, "images")
        .addLayer("classes", output(20), "hidden")
        .setOutputs("classes")
        .build();
  }

  /** Batch normalisation of the input, then one layer. */
  static ComputationGraphConfiguration normalised(IUpdater updater, boolean logarithms) {
    return base(updater)
        .graphBuilder()
        .addInputs("images")
        .addLayer(
            "normalised",
            new BatchNormalization.Builder().nIn(16).nOut(16).useLogStd(logarithms).build(),
            "images")
        .addLayer("classes", output(16), "normalised")
        .setOutputs("classes")
        .build();
  }

  /** Convolution, pooling, dense, output: the layers of LeNet-5. */
  static ComputationGraphConfiguration convolutional(IUpdater updater) {
    return base(updater)
        .graphBuilder()
        .addInputs("images")
        .addLayer(
            "conv",
            new ConvolutionLayer.Builder(3, 3)
                .padding(1, 1)
                .nOut(10)
                .activation(Activation.RELU)
                .build(),
            "images")
        .addLayer("pool", new SubsamplingLayer.Builder().build(), "conv")
        .addLayer("hidden", new DenseLayer.Builder().nOut(20).build(), "pool")
        .addLayer("classes", output(20), "hidden")
        .setOutputs("classes")
        .setInputTypes(InputType.convolutionalFlat(4, 4, 1))
        .build();
  }

  static DenseLayer.Builder hidden() {
    return new DenseLayer.Builder().nIn(16).nOut(20).activation(Activation.RELU);
  }

  static OutputLayer output(int inputs) {
    return new OutputLayer.Builder(LossFunction.MCXENT)
        .nIn(inputs)
        .nOut(3)
        .activation(Activation.SOFTMAX)
        .build();
  }

  /** Minibatches {@code from} to {@code to - 1} of an endless sequence. */
  static List<DataSet> minibatches(int from, int to, int size) {
    List<DataSet> minibatches = new ArrayList<>();
    for (int i = from; i < to; i++) {
      MultiDataSet examples = SmallNetwork.examples((long) i * size, size);
      minibatches.add(new DataSet(examples.getFeatures(0), examples.getLabels(0)));
    }
    return minibatches;
  }

  static JavaSparkContext spark(String master) {
    return new JavaSparkContext(conf(master));
  }

  static SparkConf conf(String master) {
    return new SparkConf()
        .setMaster(master)
        .setAppName("test")
        .set("spark.ui.enabled", "false")
        .set("spark.driver.host", "127.0.0.1");
  }
}
