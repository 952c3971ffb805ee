package org.espalier.dl4jspark.bench;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.espalier.engine.kernel.UpdateRule;
import org.espalier.engine.optimiser.ConstantRate;
import org.espalier.engine.optimiser.FlatUpdater;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * A network of two stock dense layers with as many parameters as asked for and little to compute,
 * so that a round is mostly averaging. Plain SGD: the averaged vector is the parameters.
 */
final class SyntheticNetwork {
  private static final int IN = 64;
  private static final int CLASSES = 10;
  private static final int PER_UNIT = IN + 1 + CLASSES;

  /** Parameters of the network with one hidden unit. */
  static final int SMALLEST = PER_UNIT + CLASSES;

  private static final double LEARNING_RATE = 0.01;

  private SyntheticNetwork() {}

  /** The network trained by DL4J's SGD. */
  static ComputationGraphConfiguration of(int parameters) {
    return of(parameters, new Sgd(LEARNING_RATE));
  }

  /** The network trained by a rule of Espalier's. */
  static ComputationGraphConfiguration of(int parameters, UpdateRule rule) {
    return of(parameters, new FlatUpdater(rule, new ConstantRate(LEARNING_RATE)));
  }

  /** What it takes of an example. */
  static InputType input() {
    return InputType.feedForward(IN);
  }

  private static ComputationGraphConfiguration of(int parameters, IUpdater updater) {
    int hidden = (parameters - CLASSES) / PER_UNIT;
    return new NeuralNetConfiguration.Builder()
        .seed(1)
        .updater(updater)
        .graphBuilder()
        .addInputs("input")
        .addLayer(
            "hidden",
            new DenseLayer.Builder().nIn(IN).nOut(hidden).activation(Activation.TANH).build(),
            "input")
        .addLayer(
            "output",
            new OutputLayer.Builder(LossFunction.MCXENT)
                .nIn(hidden)
                .nOut(CLASSES)
                .activation(Activation.SOFTMAX)
                .build(),
            "hidden")
        .setOutputs("output")
        .build();
  }

  /** Examples of one worker, the same in every step. */
  static DataSet examples(int worker) {
    INDArray features = Nd4j.create(RoundBench.BATCH, IN);
    INDArray labels = Nd4j.create(RoundBench.BATCH, CLASSES);
    for (int i = 0; i < RoundBench.BATCH; i++) {
      int number = worker * RoundBench.BATCH + i;
      labels.putScalar(i, number % CLASSES, 1);
      for (int p = 0; p < IN; p++) {
        features.putScalar(i, p, ((number + 1) * (p + 3) % 17) / 17.0);
      }
    }
    return new DataSet(features, labels);
  }
}
