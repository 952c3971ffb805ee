package org.espalier.tasks.classification;

import static org.assertj.core.api.Assertions.assertThat;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.espalier.datasets.ImageShape;
import org.espalier.datasets.PixelImages;
import org.espalier.engine.kernel.UpdateRule;
import org.espalier.engine.layer.EmbeddingScores;
import org.espalier.engine.layer.SparseConvolution;
import org.espalier.engine.layer.SparseDense;
import org.espalier.engine.layer.SparseEmbedding;
import org.espalier.engine.optimiser.ConstantRate;
import org.espalier.engine.optimiser.Optimiser;
import org.espalier.engine.tensor.NetworkProducts;
import org.espalier.engine.tensor.TensorProducts;
import org.espalier.engine.weights.WeightForm;
import org.junit.jupiter.api.Test;

/** Products per weight and example beside what was counted by hand. */
class NetworkProductsTest {
  private static final PixelImages MNIST = new PixelImages(new ImageShape(1, 28, 28), 10);

  private static NetworkProducts products(ImageNetwork network) {
    Optimiser sgd = new Optimiser(new UpdateRule.Sgd(), new ConstantRate(1), 0);
    return NetworkProducts.of(
        network.graph(MNIST, sgd, WeightForm.PLAIN, 1),
        network.inputs(MNIST).toArray(InputType[]::new));
  }

  @Test
  void matricesAreAppliedOnceAndTheFirstHasNoGradientOfItsInputs() {
    NetworkProducts products = products(new LeNet300100());
    assertThat(products.of("fc1/W")).hasValue(new TensorProducts(1, 2));
    assertThat(products.of("fc2/W")).hasValue(new TensorProducts(1, 3));
    assertThat(products.of("fc3/W")).hasValue(new TensorProducts(1, 3));
    assertThat(products.of("fc1/b")).isEmpty();
  }

  @Test
  void kernelsAreAppliedAtEveryPositionOfTheirResult() {
    NetworkProducts products = products(new LeNet5Caffe());
    assertThat(products.of("conv1/W")).hasValue(new TensorProducts(24 * 24, 2 * 24 * 24));
    assertThat(products.of("conv2/W")).hasValue(new TensorProducts(8 * 8, 3 * 8 * 8));
    assertThat(products.of("fc1/W")).hasValue(new TensorProducts(1, 3));
  }

  @Test
  void strideAndPaddingCount() {
    ComputationGraphConfiguration network =
        new NeuralNetConfiguration.Builder()
            .graphBuilder()
            .addInputs("images")
            .addLayer(
                "stem",
                new SparseConvolution.Builder(3, 64, 7).stride(2).padding(3).build(),
                "images")
            .setOutputs("stem")
            .build();
    InputType images = InputType.convolutional(224, 224, 3, CNN2DFormat.NHWC);
    TensorProducts stem = NetworkProducts.of(network, images).of("stem/W").orElseThrow();
    assertThat(stem.inference() * 9_408).isEqualTo(118_013_952); // PAPER: ResNet-50's stem.
  }

  @Test
  void tablesCostNothingWhereTheyAreLookedUpAndOnceWhereTheyScore() {
    ComputationGraphConfiguration network =
        new NeuralNetConfiguration.Builder()
            .graphBuilder()
            .addInputs("tokens")
            .addLayer("table", new SparseEmbedding.Builder(50, 8).build(), "tokens")
            .addLayer("hidden", new SparseDense.Builder(8, 8).build(), "table")
            .addVertex("scores", new EmbeddingScores("table"), "hidden")
            .setOutputs("scores")
            .build();
    InputType tokens = InputType.recurrent(1, 7, RNNFormat.NWC);
    NetworkProducts products = NetworkProducts.of(network, tokens);
    assertThat(products.of("hidden/W")).hasValue(TensorProducts.at(1));
    assertThat(products.of("table/W"))
        .hasValue(TensorProducts.LOOKED_UP.plus(TensorProducts.at(1)));
  }

  @Test
  void sequencesOfKnownLengthCountTheirPositions() {
    ComputationGraphConfiguration network =
        new NeuralNetConfiguration.Builder()
            .graphBuilder()
            .addInputs("vectors")
            .addLayer("hidden", new SparseDense.Builder(8, 4).build(), "vectors")
            .setOutputs("hidden")
            .build();
    assertThat(NetworkProducts.of(network, InputType.recurrent(8, 7, RNNFormat.NWC)).of("hidden/W"))
        .hasValue(TensorProducts.at(7));
    assertThat(NetworkProducts.of(network, InputType.recurrent(8)).of("hidden/W"))
        .hasValue(TensorProducts.at(1));
  }

  @Test
  void stockLayersThatMasksReachCountAndOthersAreNotKnown() {
    ComputationGraphConfiguration network =
        new NeuralNetConfiguration.Builder()
            .graphBuilder()
            .addInputs("images")
            .addLayer("conv", new ConvolutionLayer.Builder(3, 3).nIn(1).nOut(4).build(), "images")
            .addLayer("out", new OutputLayer.Builder().nIn(4 * 4 * 6).nOut(2).build(), "conv")
            .setOutputs("out")
            .setInputTypes(InputType.convolutional(6, 8, 1))
            .build();
    NetworkProducts products = NetworkProducts.of(network, InputType.convolutional(6, 8, 1));
    assertThat(products.of("conv/W")).hasValue(TensorProducts.at(4 * 6));
    assertThat(products.of("out/W")).hasValue(TensorProducts.at(1));

    ComputationGraphConfiguration recurrent =
        new NeuralNetConfiguration.Builder()
            .graphBuilder()
            .addInputs("vectors")
            .addLayer("lstm", new LSTM.Builder().nIn(4).nOut(3).build(), "vectors")
            .setOutputs("lstm")
            .build();
    assertThat(NetworkProducts.of(recurrent, InputType.recurrent(4)).of("lstm/W")).isEmpty();
  }
}
