package org.espalier.tasks.classification;

import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.espalier.datasets.ImageShape;
import org.espalier.datasets.LabelledImages;
import org.espalier.datasets.rows.RowKind;
import org.espalier.engine.optimiser.Optimiser;
import org.espalier.engine.weights.WeightForm;
import org.espalier.tasks.NetworkModel;
import org.espalier.tasks.Task;

/**
 * A network that classifies images: its one input takes images in its {@link #layout}, its one
 * output gives class probabilities `[batch, classes]`.
 */
public interface ImageNetwork extends NetworkModel {
  /** The layout of its input. */
  default PixelLayout layout() {
    return PixelLayout.ROWS;
  }

  /** The side of the smallest images that it takes, in pixels. */
  default int leastSide() {
    return 1;
  }

  @Override
  default Task task() {
    return new ImageClassification(layout(), leastSide());
  }

  @Override
  default ComputationGraphConfiguration graph(
      RowKind rows, Optimiser optimiser, WeightForm weights, long seed) {
    LabelledImages images = (LabelledImages) rows;
    return graph(images.shape(), images.classes(), optimiser, weights, seed);
  }

  @Override
  default List<InputType> inputs(RowKind rows) {
    return List.of(layout().type(((LabelledImages) rows).shape()));
  }

  /**
   * The graph for images of one shape.
   *
   * @param classes number of classes, at least 2
   * @param optimiser applied to every parameter
   * @param weights what the weights of sparsifiable layers are
   * @param seed fixes the initial weights
   */
  ComputationGraphConfiguration graph(
      ImageShape image, int classes, Optimiser optimiser, WeightForm weights, long seed);
}
