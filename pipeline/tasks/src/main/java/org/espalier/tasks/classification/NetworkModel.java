package org.espalier.tasks.classification;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.espalier.datasets.ImageShape;
import org.espalier.engine.layer.WeightForm;
import org.espalier.engine.optimiser.Optimiser;

/** A network of the project: one class and one line in {@link NetworkModels}. */
public interface NetworkModel {
  /** The name that configurations and results use, such as {@code lenet-300-100}. */
  String name();

  /**
   * The graph for images of this shape, with plain weights.
   *
   * <p>Its one input takes `[batch, channels * height * width]` for {@link InputLayout#FLAT}
   * networks; its one output gives class probabilities `[batch, classes]`.
   *
   * @param classes number of classes, at least 2
   * @param optimiser applied to every parameter
   * @param seed fixes the initial weights
   */
  default ComputationGraphConfiguration graph(
      ImageShape image, int classes, Optimiser optimiser, long seed) {
    return graph(image, classes, optimiser, WeightForm.PLAIN, seed);
  }

  /**
   * The graph with weights of this form in every sparsifiable layer.
   *
   * @param classes number of classes, at least 2
   * @param optimiser applied to every parameter
   * @param weights what the weights are
   * @param seed fixes the initial weights
   */
  ComputationGraphConfiguration graph(
      ImageShape image, int classes, Optimiser optimiser, WeightForm weights, long seed);

  /** How the network wants its images. */
  InputLayout inputLayout();
}
