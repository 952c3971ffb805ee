package org.espalier.engine.tensor;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;

/**
 * The products of a configured network's weight tensors, as its layers and vertices declare them.
 * Immutable.
 */
public final class NetworkProducts {
  private final Map<String, TensorProducts> byTensor;

  private NetworkProducts(Map<String, TensorProducts> byTensor) {
    this.byTensor = byTensor;
  }

  /**
   * The products of a network.
   *
   * @param inputs what the network gets of one example, in the order of its inputs
   */
  public static NetworkProducts of(ComputationGraphConfiguration network, InputType... inputs) {
    ComputationGraphConfiguration copy = network.clone();
    Map<String, InputType> types = new HashMap<>(copy.getLayerActivationTypes(inputs));
    for (int i = 0; i < inputs.length; i++) {
      types.put(copy.getNetworkInputs().get(i), inputs[i]);
    }
    Map<String, TensorProducts> all = new TreeMap<>();
    copy.getVertices()
        .forEach(
            (name, vertex) -> {
              List<String> below = copy.getVertexInputs().getOrDefault(name, List.of());
              InputType[] given = below.stream().map(types::get).toArray(InputType[]::new);
              products(name, vertex, given)
                  .forEach((tensor, more) -> all.merge(tensor, more, TensorProducts::plus));
            });
    return new NetworkProducts(all);
  }

  /** The products of the tensor of this name, if some layer or vertex declares them. */
  public Optional<TensorProducts> of(String tensor) {
    return Optional.ofNullable(byTensor.get(tensor));
  }

  private static Map<String, TensorProducts> products(
      String name, GraphVertex vertex, InputType... inputs) {
    if (vertex instanceof ProductDeclaration declaration) {
      return declaration.products(name, inputs);
    }
    if (!(vertex instanceof LayerVertex layered)) {
      return Map.of();
    }
    InputType input = processed(layered.getPreProcessor(), inputs[0]);
    Layer layer = layered.getLayerConf().getLayer();
    return layer instanceof ProductDeclaration declaration
        ? declaration.products(name, input)
        : stock(name, layer, input);
  }

  private static InputType processed(InputPreProcessor before, InputType input) {
    return before == null ? input : before.getOutputType(input);
  }

  /** Layers of DL4J's own that masks reach compute all gradients. */
  private static Map<String, TensorProducts> stock(String name, Layer layer, InputType input) {
    String weights = ParameterTensor.nameOf(name, ParameterTensor.WEIGHTS);
    if (Arrays.asList(DenseLayer.class, OutputLayer.class).contains(layer.getClass())) {
      return Map.of(weights, TensorProducts.at(1));
    }
    if (layer.getClass() == ConvolutionLayer.class
        && layer.getOutputType(0, input) instanceof InputType.InputTypeConvolutional result) {
      return Map.of(weights, TensorProducts.at(result.getHeight() * result.getWidth()));
    }
    return Map.of();
  }
}
