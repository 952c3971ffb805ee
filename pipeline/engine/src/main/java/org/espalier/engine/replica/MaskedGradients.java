package org.espalier.engine.replica;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.espalier.engine.kernel.LayerKernels;
import org.espalier.engine.kernel.RowPasses;
import org.espalier.engine.kernel.Values;
import org.espalier.engine.operations.LayerArithmetic;
import org.espalier.engine.tensor.HeldMask;
import org.espalier.engine.tensor.NetworkTensors;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Zeroes the loss gradient of masked weights before the updater sees it, which is what the
 * TensorFlow library behind the paper's numbers does: weight decay and what the optimiser remembers
 * still move the raw weight.
 */
final class MaskedGradients extends BaseTrainingListener {
  private final LayerKernels kernels;
  private final RowPasses rows;
  private final List<Part> parts;

  /** The gradient of a tensor, `[length]`, and the tensor's mask. */
  private record Part(INDArray gradient, HeldMask mask) {}

  private MaskedGradients(DataType type, List<Part> parts) {
    this.kernels = LayerArithmetic.of(type);
    this.rows = kernels.rows();
    this.parts = List.copyOf(parts);
  }

  /** The listener for a graph whose gradients have their views, under masks that may change. */
  static MaskedGradients of(
      ComputationGraph graph, NetworkTensors tensors, Map<String, HeldMask> masks) {
    List<Part> parts = new ArrayList<>();
    masks.forEach(
        (name, mask) ->
            parts.add(new Part(tensors.named(name).flat(graph.getGradientsViewArray()), mask)));
    return new MaskedGradients(graph.params().dataType(), parts);
  }

  @Override
  public void onGradientCalculation(Model model) {
    for (Part part : parts) {
      if (!part.mask().isDense()) {
        Values gradient = kernels.values(part.gradient());
        part.mask().keep(rows, gradient, gradient);
      }
    }
  }
}
