package org.espalier.tasks.classification;

import java.util.Optional;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.espalier.datasets.ImageShape;
import org.espalier.datasets.rows.RowKind;
import org.espalier.engine.layer.InputGradient;
import org.espalier.engine.layer.SoftmaxLoss;
import org.espalier.engine.layer.SparseDense;
import org.espalier.engine.optimiser.Optimiser;
import org.espalier.engine.weights.WeightForm;

/**
 * LeNet-300-100 (LeCun et al. 1998): fully connected, 300 and 100 hidden units, ReLU, softmax.
 *
 * <p>Weights N(0, 0.01) and zero biases, as in the verification experiment of the paper's appendix
 * (Molchanov et al. 2017, released code). On MNIST: 266,200 weights and 410 biases.
 */
public final class LeNet300100 implements ImageNetwork {

  @Override
  public String name() {
    return "lenet-300-100";
  }

  @Override
  public Optional<RowKind> publishedRows() {
    return Mnist.rows();
  }

  @Override
  public ComputationGraphConfiguration graph(
      ImageShape image, int classes, Optimiser optimiser, WeightForm weights, long seed) {
    return LeNets.graph(optimiser, seed)
        .addLayer(
            "fc1",
            new SparseDense.Builder(image.bytes(), 300)
                .rectified()
                .inputGradient(InputGradient.OMITTED)
                .form(weights)
                .build(),
            "images")
        .addLayer("fc2", new SparseDense.Builder(300, 100).rectified().form(weights).build(), "fc1")
        .addLayer("fc3", new SparseDense.Builder(100, classes).form(weights).build(), "fc2")
        .addLayer("classes", SoftmaxLoss.plain(), "fc3")
        .setOutputs("classes")
        .build();
  }
}
