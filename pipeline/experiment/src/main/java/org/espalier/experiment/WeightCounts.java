package org.espalier.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.espalier.engine.tensor.NetworkProducts;
import org.espalier.engine.tensor.NetworkTensors;
import org.espalier.engine.tensor.ParameterTensor;
import org.espalier.engine.tensor.TensorProducts;
import org.espalier.engine.tensor.TensorRole;
import org.espalier.results.InferenceCost;
import org.espalier.sparsity.MaskSet;

/**
 * All weight tensors of a network, those that are never sparsified too, and what they compute of an
 * example. Immutable.
 *
 * @param tensors dense, those whose products are known
 * @param uncounted names of the others
 */
record WeightCounts(List<TensorCount> tensors, List<String> uncounted) {

  /**
   * The weights of an initialised graph.
   *
   * @param inputs what its inputs take of one example; none where that is not known
   */
  static WeightCounts of(ComputationGraph graph, NetworkTensors tensors, List<InputType> inputs) {
    List<TensorCount> counted = new ArrayList<>();
    List<String> uncounted = new ArrayList<>();
    Optional<NetworkProducts> products =
        inputs.isEmpty()
            ? Optional.empty()
            : Optional.of(
                NetworkProducts.of(graph.getConfiguration(), inputs.toArray(InputType[]::new)));
    for (ParameterTensor tensor : tensors.all()) {
      if (tensor.role() == TensorRole.WEIGHT) {
        products
            .flatMap(all -> all.of(tensor.name()))
            .ifPresentOrElse(
                each -> counted.add(count(tensor, each)), () -> uncounted.add(tensor.name()));
      }
    }
    return new WeightCounts(List.copyOf(counted), List.copyOf(uncounted));
  }

  private static TensorCount count(ParameterTensor tensor, TensorProducts products) {
    String shape = tensor.shape().stream().map(String::valueOf).collect(Collectors.joining("x"));
    return new TensorCount(tensor.name(), shape, tensor.length(), tensor.length(), products);
  }

  /** The multiply-adds of one example's forward pass, if those of all tensors are known. */
  Optional<InferenceCost> inference(MaskSet masks) {
    if (!uncounted.isEmpty()) {
      return Optional.empty();
    }
    long dense = 0;
    long kept = 0;
    for (TensorCount tensor : tensors) {
      boolean masked = masks.names().contains(tensor.name());
      dense += tensor.denseMacs();
      kept += masked ? tensor.keeping(masks.mask(tensor.name()).kept()).macs() : tensor.denseMacs();
    }
    return Optional.of(new InferenceCost(dense, kept));
  }
}
