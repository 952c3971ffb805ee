package org.espalier.model;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.distribution.NormalDistribution;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.espalier.datasets.ImageShape;
import org.espalier.layer.InputGradient;
import org.espalier.layer.RectifiedDense;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * LeNet-300-100 (LeCun et al. 1998): fully connected, 300 and 100 hidden units, ReLU, softmax.
 *
 * <p>Weights N(0, 0.01) and zero biases, as in the verification experiment of the paper's appendix
 * (Molchanov et al. 2017, released code). On MNIST: 266,200 weights and 410 biases.
 */
final class LeNet300100 implements NetworkModel {
  private static final double INITIAL_DEVIATION = 0.01;

  @Override
  public String name() {
    return "lenet-300-100";
  }

  @Override
  public ComputationGraphConfiguration graph(
      ImageShape image, int classes, Optimiser optimiser, long seed) {
    return new NeuralNetConfiguration.Builder()
        .seed(seed)
        .weightInit(new NormalDistribution(0, INITIAL_DEVIATION))
        .updater(optimiser.updater())
        .l2(optimiser.weightDecay())
        .graphBuilder()
        .addInputs("images")
        .addLayer(
            "fc1",
            new RectifiedDense.Builder(image.bytes(), 300)
                .inputGradient(InputGradient.OMITTED)
                .build(),
            "images")
        .addLayer("fc2", new RectifiedDense.Builder(300, 100).build(), "fc1")
        .addLayer(
            "fc3",
            new OutputLayer.Builder(LossFunction.MCXENT)
                .activation(Activation.SOFTMAX)
                .nIn(100)
                .nOut(classes)
                .build(),
            "fc2")
        .setOutputs("fc3")
        .build();
  }

  @Override
  public InputLayout inputLayout() {
    return InputLayout.FLAT;
  }
}
