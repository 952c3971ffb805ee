package org.espalier.tasks.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.espalier.base.settings.Settings;
import org.espalier.datasets.rows.RowKind;
import org.espalier.engine.kernel.UpdateRule;
import org.espalier.engine.layer.SparseDense;
import org.espalier.engine.optimiser.ConstantRate;
import org.espalier.engine.optimiser.Optimiser;
import org.espalier.engine.tensor.NetworkProducts;
import org.espalier.engine.tensor.ParameterTensor;
import org.espalier.engine.tensor.TensorDeclaration;
import org.espalier.engine.tensor.TensorRole;
import org.espalier.engine.weights.WeightForm;
import org.espalier.tasks.NetworkModel;
import org.espalier.tasks.NetworkModels;
import org.junit.jupiter.api.Test;

/** Residual networks beside the numbers of those who published them. */
class ResidualNetworksTest {
  private static ComputationGraphConfiguration graph(NetworkModel model) {
    Optimiser sgd = new Optimiser(new UpdateRule.Sgd(), new ConstantRate(1), 0);
    return model.graph(model.publishedRows().orElseThrow(), sgd, WeightForm.PLAIN, 1);
  }

  private static NetworkModel model(String name, Map<String, String> settings) {
    NetworkModel model = NetworkModels.named(name);
    return model.with(Settings.of(model.keys(), settings));
  }

  private static List<ParameterTensor> tensors(ComputationGraphConfiguration graph) {
    List<ParameterTensor> maps =
        ((TensorDeclaration) graph.getVertices().get("maps")).tensors("maps");
    SparseDense last =
        (SparseDense)
            ((org.deeplearning4j.nn.conf.graph.LayerVertex) graph.getVertices().get("fc"))
                .getLayerConf()
                .getLayer();
    return java.util.stream.Stream.concat(maps.stream(), last.tensors("fc").stream()).toList();
  }

  private static long length(List<ParameterTensor> tensors, TensorRole... roles) {
    return tensors.stream()
        .filter(tensor -> List.of(roles).contains(tensor.role()))
        .mapToLong(ParameterTensor::length)
        .sum();
  }

  private static long products(NetworkModel model, List<ParameterTensor> tensors) {
    RowKind rows = model.publishedRows().orElseThrow();
    NetworkProducts products =
        NetworkProducts.of(graph(model), model.inputs(rows).toArray(InputType[]::new));
    return tensors.stream()
        .filter(tensor -> tensor.role() == TensorRole.WEIGHT)
        .mapToLong(tensor -> tensor.length() * products.of(tensor.name()).orElseThrow().inference())
        .sum();
  }

  /** The paper, section 5.1, and its released checkpoints. */
  @Test
  void resNet50HasThePapersParametersAndMultiplyAdds() {
    NetworkModel model = model("resnet-50", Map.of());
    List<ParameterTensor> tensors = tensors(graph(model));
    assertThat(length(tensors, TensorRole.WEIGHT)).isEqualTo(25_502_912);
    assertThat(length(tensors, TensorRole.WEIGHT, TensorRole.BIAS, TensorRole.NORMALISATION))
        .isEqualTo(25_557_032);
    assertThat(length(tensors, TensorRole.MOMENTS)).isEqualTo(53_120);
    assertThat(tensors.stream().filter(tensor -> tensor.role() == TensorRole.WEIGHT)).hasSize(54);
    assertThat(products(model, tensors)).isEqualTo(4_089_184_256L);
    Map<String, ParameterTensor> byName =
        tensors.stream().collect(Collectors.toMap(ParameterTensor::name, Function.identity()));
    assertThat(byName.get("maps/stem").length()).isEqualTo(9_408);
    assertThat(byName.get("maps/group4.block1.projection").shape())
        .containsExactly(2048, 1024, 1, 1);
    assertThat(byName.get("fc/W").length()).isEqualTo(2_048_000);
  }

  @Test
  void smallerNetworksHaveTheSizesOfTheirPapers() {
    Map<NetworkModel, Long> expected = new HashMap<>();
    expected.put(model("wrn", Map.of()), 36_479_194L);
    expected.put(model("wrn", Map.of("wrn.depth", "22", "wrn.width", "2")), 1_079_642L);
    expected.put(model("resnet-20", Map.of()), 272_474L);
    expected.forEach(
        (model, parameters) ->
            assertThat(
                    length(
                        tensors(graph(model)),
                        TensorRole.WEIGHT,
                        TensorRole.BIAS,
                        TensorRole.NORMALISATION))
                .as(model.name())
                .isEqualTo(parameters));
  }

  @Test
  void aDepthThatBlocksDoNotAddUpToIsRefused() {
    assertThatThrownBy(() -> model("wrn", Map.of("wrn.depth", "30")))
        .hasMessage(
            "Cannot build a wide ResNet of wrn.depth = 30: 3 groups of blocks with two convolutions each have a depth of 6 n + 4, such as 16, 22 or 28.");
  }
}
