package org.espalier.tasks.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.espalier.base.Refusal;
import org.espalier.base.settings.Settings;
import org.espalier.datasets.ImageShape;
import org.espalier.datasets.PixelImages;
import org.espalier.engine.kernel.UpdateRule;
import org.espalier.engine.optimiser.ConstantRate;
import org.espalier.engine.optimiser.Optimiser;
import org.espalier.engine.tensor.NetworkTensors;
import org.espalier.engine.weights.WeightForm;
import org.espalier.sparsity.SparseTensor;
import org.espalier.tasks.NetworkModel;
import org.espalier.tasks.NetworkModels;
import org.junit.jupiter.api.Test;

class MultilayerPerceptronTest {
  private static final PixelImages IMAGES = new PixelImages(new ImageShape(1, 28, 28), 10);

  @Test
  void widthsAreThoseOfTheConfiguration() {
    ComputationGraph graph = graph("20, 7");
    assertThat(NetworkTensors.of(graph).sparsifiable())
        .extracting(SparseTensor::name, SparseTensor::length)
        .containsExactly(tuple("fc1/W", 784 * 20), tuple("fc2/W", 20 * 7), tuple("fc3/W", 7 * 10));
    assertThat(graph.params().length()).isEqualTo(784 * 20 + 20 + 20 * 7 + 7 + 7 * 10 + 10);
  }

  @Test
  void weightsBeginWithTheDeviationOfHe() {
    ComputationGraph graph = graph("500");
    double deviation = graph.getLayer("fc1").getParam("W").stdNumber().doubleValue();
    assertThat(deviation).isBetween(0.98 * Math.sqrt(2 / 784.0), 1.02 * Math.sqrt(2 / 784.0));
  }

  @Test
  void widthsThatAreNoneAreRefused() {
    for (String widths : new String[] {"", "0", "300,", "300, few"}) {
      assertThatThrownBy(() -> graph(widths))
          .isInstanceOf(Refusal.class)
          .hasMessageStartingWith("Cannot use mlp.hidden = ")
          .hasMessageContaining("one or more widths of at least 1 with commas between them");
    }
  }

  private static ComputationGraph graph(String hidden) {
    NetworkModel model = NetworkModels.named("mlp");
    Settings settings = Settings.of(model.keys(), Map.of("mlp.hidden", hidden));
    Optimiser sgd = new Optimiser(new UpdateRule.Sgd(), new ConstantRate(0.1), 0);
    ComputationGraph graph =
        new ComputationGraph(model.with(settings).graph(IMAGES, sgd, WeightForm.PLAIN, 3));
    graph.init();
    return graph;
  }
}
