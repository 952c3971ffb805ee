package org.espalier.model;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.espalier.sparsity.SparseTensor;
import org.espalier.sparsity.SparseTensors;
import org.espalier.sparsity.WeightLayout;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Finds the weight tensors of a graph in its flat parameter vector. */
public final class SparsifiableTensors {
  private SparsifiableTensors() {}

  /**
   * All weights (not biases) of the graph's layers, named {@code layer/parameter}.
   *
   * <p>DL4J keeps a dense weight `[in, out]` in column-major order, which is `[out, in]` row by
   * row.
   *
   * @throws IllegalArgumentException if a layer has weights of another form
   */
  public static SparseTensors of(ComputationGraph graph) {
    List<SparseTensor> tensors = new ArrayList<>();
    for (Layer layer : graph.getLayers()) {
      var configuration = layer.conf().getLayer();
      for (String key : configuration.initializer().weightKeys(configuration)) {
        String name = configuration.getLayerName() + "/" + key;
        tensors.add(tensor(name, layer.getParam(key), offset(graph, layer.getParam(key))));
      }
    }
    return SparseTensors.of(tensors);
  }

  private static SparseTensor tensor(String name, INDArray weights, int offset) {
    if (weights.rank() != 2 || weights.ordering() != 'f') {
      throw new IllegalArgumentException(
          "Cannot sparsify %s: it is %s in order '%s' where a dense weight [in, out] in order 'f' is expected"
              .formatted(name, weights.shapeInfoToString(), weights.ordering()));
    }
    return new SparseTensor(
        name, WeightLayout.OUT_IN, offset, (int) weights.size(1), (int) weights.size(0));
  }

  private static int offset(ComputationGraph graph, INDArray weights) {
    return Math.toIntExact(weights.offset() - graph.params().offset());
  }
}
