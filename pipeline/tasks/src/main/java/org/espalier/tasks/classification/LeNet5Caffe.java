package org.espalier.tasks.classification;

import java.util.Optional;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.weights.WeightInit;
import org.espalier.datasets.ImageShape;
import org.espalier.datasets.rows.RowKind;
import org.espalier.engine.layer.ChannelsLast;
import org.espalier.engine.layer.InputGradient;
import org.espalier.engine.layer.MaxPooling;
import org.espalier.engine.layer.SoftmaxLoss;
import org.espalier.engine.layer.SparseConvolution;
import org.espalier.engine.layer.SparseDense;
import org.espalier.engine.optimiser.Optimiser;
import org.espalier.engine.weights.WeightForm;

/**
 * LeNet-5 as Caffe has it: two convolutions of 5x5 with 20 and 50 maps, each followed by ReLU and a
 * maximum over 2x2, then 500 hidden units, ReLU, softmax.
 *
 * <p>Dense weights N(0, 0.01), kernels Glorot uniform, biases zero (the paper, appendix B;
 * Molchanov et al. 2017, released code). On MNIST: 430,500 weights and 580 biases.
 */
public final class LeNet5Caffe implements ImageNetwork {
  private static final int KERNEL = 5;
  private static final int WINDOW = 2;

  @Override
  public String name() {
    return "lenet-5-caffe";
  }

  @Override
  public int leastSide() {
    return (WINDOW + KERNEL - 1) * WINDOW + KERNEL - 1;
  }

  @Override
  public Optional<RowKind> publishedRows() {
    return Mnist.rows();
  }

  @Override
  public ComputationGraphConfiguration graph(
      ImageShape image, int classes, Optimiser optimiser, WeightForm weights, long seed) {
    int height = pooled(pooled(image.height()));
    int width = pooled(pooled(image.width()));
    return LeNets.graph(optimiser, seed)
        .addLayer(
            "conv1",
            new SparseConvolution.Builder(image.channels(), 20, KERNEL)
                .rectified()
                .inputGradient(InputGradient.OMITTED)
                .form(weights)
                .weightInit(WeightInit.XAVIER_UNIFORM)
                .build(),
            new ChannelsLast(image.height(), image.width(), image.channels()),
            "images")
        .addLayer("pool1", new MaxPooling(WINDOW), "conv1")
        .addLayer(
            "conv2",
            new SparseConvolution.Builder(20, 50, KERNEL)
                .rectified()
                .form(weights)
                .weightInit(WeightInit.XAVIER_UNIFORM)
                .build(),
            "pool1")
        .addLayer("pool2", new MaxPooling(WINDOW), "conv2")
        .addLayer(
            "fc1",
            new SparseDense.Builder(height * width * 50, 500).rectified().form(weights).build(),
            "pool2")
        .addLayer("fc2", new SparseDense.Builder(500, classes).form(weights).build(), "fc1")
        .addLayer("classes", SoftmaxLoss.plain(), "fc2")
        .setOutputs("classes")
        .build();
  }

  /** Pixels along a side after a convolution and a pooling. */
  private static int pooled(int side) {
    return (side - KERNEL + 1) / WINDOW;
  }
}
