package org.espalier.engine.replica;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.espalier.base.Mix64;
import org.espalier.datasets.ImageShape;
import org.espalier.datasets.PixelImages;
import org.espalier.engine.kernel.UpdateRule;
import org.espalier.engine.optimiser.ConstantRate;
import org.espalier.engine.optimiser.Optimiser;
import org.espalier.engine.tensor.NetworkTensors;
import org.espalier.engine.weights.WeightForm;
import org.espalier.sparsity.MaskedGradient;
import org.espalier.sparsity.SparseTensors;
import org.espalier.tasks.NetworkModels;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/** LeNet-300-100 on 4x4 images of three classes, and examples for it that need no data. */
public final class SmallNetwork {
  private static final ImageShape IMAGE = new ImageShape(1, 4, 4);
  private static final int CLASSES = 3;

  /** Adam with the constants of its paper. */
  public static final UpdateRule ADAM = UpdateRule.Adam.standard();

  /** Nesterov momentum of 0.9. */
  public static final UpdateRule NESTEROV = new UpdateRule.Nesterov(0.9);

  /** Plain gradient descent. */
  public static final UpdateRule SGD = new UpdateRule.Sgd();

  /** Multiply-adds of a step per example: two products of the first layer, three of the others. */
  public static final long MULTIPLY_ADDS = 2L * 16 * 300 + 3 * (300 * 100 + 100 * 3);

  private SmallNetwork() {}

  /** An optimiser with a constant learning rate. */
  public static Optimiser optimiser(UpdateRule rule, double rate, double weightDecay) {
    return new Optimiser(rule, new ConstantRate(rate), weightDecay);
  }

  /** The network's graph, initialised. */
  public static ComputationGraph graph(Optimiser optimiser) {
    ComputationGraph graph = new ComputationGraph(configuration(optimiser));
    graph.init();
    return graph;
  }

  /** Its weight tensors. */
  public static SparseTensors tensors(Optimiser optimiser) {
    return NetworkTensors.of(graph(optimiser)).sparsifiable();
  }

  /** How its vector is laid out where masked weights get no gradient. */
  public static VectorLayout layout(Optimiser optimiser) {
    return layout(optimiser, MaskedGradient.NONE);
  }

  /** How its vector is laid out. */
  public static VectorLayout layout(Optimiser optimiser, MaskedGradient maskedGradient) {
    return Dl4jLayout.of(graph(optimiser), maskedGradient);
  }

  /** Builds its replicas. */
  public static Dl4jRecipe recipe(Optimiser optimiser, MaskedGradient maskedGradient) {
    return new Dl4jRecipe(configuration(optimiser).toJson(), tensors(optimiser), maskedGradient);
  }

  /** Examples {@code from} to {@code from + size - 1} of an endless sequence. */
  public static MultiDataSet examples(long from, int size) {
    INDArray features = Nd4j.create(size, IMAGE.bytes());
    INDArray labels = Nd4j.create(size, CLASSES);
    for (int i = 0; i < size; i++) {
      int label = Mix64.below(CLASSES, 1, from + i);
      labels.putScalar(i, label, 1);
      for (int p = 0; p < IMAGE.bytes(); p++) {
        double signal = p % CLASSES == label ? 1 : 0;
        features.putScalar(i, p, signal + Mix64.unit(2, (from + i) * IMAGE.bytes() + p));
      }
    }
    return new org.nd4j.linalg.dataset.MultiDataSet(
        new INDArray[] {features}, new INDArray[] {labels});
  }

  private static ComputationGraphConfiguration configuration(Optimiser optimiser) {
    return NetworkModels.named("lenet-300-100")
        .graph(new PixelImages(IMAGE, CLASSES), optimiser, WeightForm.PLAIN, 7);
  }
}
