package org.espalier.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.espalier.base.Refusal;
import org.espalier.datasets.ImageShape;
import org.espalier.datasets.PixelImages;
import org.espalier.engine.kernel.UpdateRule;
import org.espalier.engine.optimiser.ConstantRate;
import org.espalier.engine.optimiser.Optimiser;
import org.espalier.engine.weights.WeightForm;
import org.espalier.tasks.NetworkModels;
import org.junit.jupiter.api.Test;

class StoredNetworkTest {
  private static final String JSON =
      NetworkModels.named("lenet-300-100")
          .graph(
              new PixelImages(new ImageShape(1, 4, 4), 2),
              new Optimiser(UpdateRule.Adam.standard(), new ConstantRate(0.1), 0),
              WeightForm.PLAIN,
              1)
          .toJson();

  @Test
  void aStoredNetworkIsBuiltAgain() {
    ComputationGraph graph = StoredModel.graph(JSON);
    assertThat(graph.numParams()).isEqualTo(16 * 300 + 300 + 300 * 100 + 100 + 100 * 2 + 2);
    graph.close();
  }

  @Test
  void anUpdaterInTheFormOfAnotherVersionIsRefused() {
    String older = JSON.replaceAll("\"rule\" : \\{[^}]*}", "\"rule\" : \"ADAM\"");
    assertThat(older).isNotEqualTo(JSON);
    assertThatThrownBy(() -> StoredModel.graph(older))
        .isInstanceOf(Refusal.class)
        .hasMessageStartingWith("Cannot read a stored network: ")
        .hasMessageEndingWith(
            "; it is damaged or of another version of Espalier, so train it again.");
  }
}
