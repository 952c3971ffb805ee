package org.espalier.tasks.classification;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.weights.WeightInit;
import org.espalier.base.settings.Key;
import org.espalier.base.settings.Keys;
import org.espalier.base.settings.Settings;
import org.espalier.base.settings.ValueKind;
import org.espalier.datasets.ImageShape;
import org.espalier.datasets.rows.RowKind;
import org.espalier.engine.layer.InputGradient;
import org.espalier.engine.layer.SoftmaxLoss;
import org.espalier.engine.layer.SparseDense;
import org.espalier.engine.optimiser.Optimiser;
import org.espalier.engine.weights.WeightForm;
import org.espalier.tasks.NetworkModel;

/**
 * A multilayer perceptron: fully connected layers with ReLU, as many and as wide as the
 * configuration says, then softmax. Weights begin as N(0, 2 / inputs) (He et al. 2015), biases at
 * zero. Its tensors are {@code fc1/W}, {@code fc2/W}, ....
 */
public final class MultilayerPerceptron implements ImageNetwork {
  private static final Key<List<Integer>> HIDDEN =
      Key.of(
          "mlp.hidden",
          new ValueKind<>(
              "one or more widths of at least 1 with commas between them, such as 300, 100",
              text ->
                  Arrays.stream(text.split(",", -1))
                      .map(width -> Integer.parseInt(width.strip()))
                      .toList(),
              widths -> widths.stream().allMatch(width -> width > 0)),
          "1568, 1568, 1568",
          "hidden units of an mlp, layer by layer");

  private final List<Integer> hidden;

  /** The network before it is told its widths. */
  public MultilayerPerceptron() {
    this(List.of());
  }

  private MultilayerPerceptron(List<Integer> hidden) {
    this.hidden = hidden;
  }

  @Override
  public String name() {
    return "mlp";
  }

  @Override
  public Keys keys() {
    return ImageNetwork.super.keys().and(HIDDEN);
  }

  @Override
  public NetworkModel with(Settings settings) {
    return new MultilayerPerceptron(settings.value(HIDDEN));
  }

  @Override
  public Optional<RowKind> publishedRows() {
    return Mnist.rows();
  }

  @Override
  public ComputationGraphConfiguration graph(
      ImageShape image, int classes, Optimiser optimiser, WeightForm weights, long seed) {
    GraphBuilder graph =
        new NeuralNetConfiguration.Builder()
            .seed(seed)
            .weightInit(WeightInit.RELU)
            .updater(optimiser.updater())
            .l2(optimiser.weightDecay())
            .graphBuilder()
            .addInputs("images");
    String below = "images";
    int width = image.bytes();
    for (int layer = 0; layer < hidden.size(); layer++) {
      String name = "fc" + (layer + 1);
      SparseDense.Builder units =
          new SparseDense.Builder(width, hidden.get(layer)).rectified().form(weights);
      graph.addLayer(
          name,
          layer == 0 ? units.inputGradient(InputGradient.OMITTED).build() : units.build(),
          below);
      below = name;
      width = hidden.get(layer);
    }
    String last = "fc" + (hidden.size() + 1);
    return graph
        .addLayer(last, new SparseDense.Builder(width, classes).form(weights).build(), below)
        .addLayer("classes", SoftmaxLoss.plain(), last)
        .setOutputs("classes")
        .build();
  }
}
