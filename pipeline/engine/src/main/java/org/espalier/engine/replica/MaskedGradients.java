package org.espalier.engine.replica;

import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Zeroes the loss gradient of masked weights before the updater sees it, which is what the
 * TensorFlow library behind the paper's numbers does: weight decay and what the optimiser remembers
 * still move the raw weight.
 */
final class MaskedGradients extends BaseTrainingListener {
  /** A tensor's part of the flat gradient, `[length]`, and what holds the tensor's mask. */
  record Part(INDArray gradient, MaskedWeights weights) {}

  private final List<Part> parts;

  MaskedGradients(List<Part> parts) {
    this.parts = List.copyOf(parts);
  }

  @Override
  public void onGradientCalculation(Model model) {
    for (Part part : parts) {
      part.weights().applyMask(part.gradient());
    }
  }
}
