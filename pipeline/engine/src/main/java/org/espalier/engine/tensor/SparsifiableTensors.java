package org.espalier.engine.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.espalier.base.Refusal;
import org.espalier.engine.layer.SparseConvolution;
import org.espalier.engine.layer.SparseDense;
import org.espalier.engine.layer.SparseEmbedding;
import org.espalier.sparsity.SparseTensor;
import org.espalier.sparsity.SparseTensors;
import org.espalier.sparsity.WeightLayout;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Finds the weight tensors of a graph in its flat parameter vector. */
public final class SparsifiableTensors {
  /**
   * The layers of one weight tensor each that compute with what a mask leaves of it. Others of
   * DL4J's layers have several (recurrent ones) or read their stored weights (embedding, 1D
   * convolution).
   */
  private static final Map<Class<?>, WeightLayout> LAYOUTS =
      Map.of(
          SparseDense.class, WeightLayout.OUT_IN,
          SparseEmbedding.class, WeightLayout.OUT_IN,
          SparseConvolution.class, WeightLayout.OUT_IN_HEIGHT_WIDTH,
          DenseLayer.class, WeightLayout.OUT_IN,
          OutputLayer.class, WeightLayout.OUT_IN,
          RnnOutputLayer.class, WeightLayout.OUT_IN,
          ConvolutionLayer.class, WeightLayout.OUT_IN_HEIGHT_WIDTH);

  private SparsifiableTensors() {}

  /**
   * All weights (not biases) of the graph's layers, named {@code layer/parameter}.
   *
   * <p>DL4J keeps a dense weight `[in, out]` in column-major order, which is `[out, in]` row by
   * row, and a convolution's kernel as `[out, in, height, width]` row by row.
   *
   * @throws Refusal if a layer or vertex has weights that masks cannot be held for
   */
  public static SparseTensors of(ComputationGraph graph) {
    List<SparseTensor> tensors = new ArrayList<>();
    for (GraphVertex vertex : graph.getVertices()) {
      if (vertex.hasLayer()) {
        addWeights(graph, vertex.getLayer(), tensors);
      } else if (vertex.numParams() > 0) {
        throw ignored(vertex.getVertexName(), vertex.getClass());
      }
    }
    return SparseTensors.of(tensors);
  }

  private static void addWeights(ComputationGraph graph, Layer layer, List<SparseTensor> tensors) {
    var configuration = layer.conf().getLayer();
    for (String key : configuration.initializer().weightKeys(configuration)) {
      String name = configuration.getLayerName() + "/" + key;
      WeightLayout layout = LAYOUTS.get(configuration.getClass());
      if (layout == null) {
        throw ignored(name, configuration.getClass());
      }
      INDArray weights = layer.getParam(key);
      int offset = Math.toIntExact(weights.offset() - graph.params().offset());
      tensors.add(new SparseTensor(name, layout, offset, shape(name, layout, weights)));
    }
  }

  private static int[] shape(String name, WeightLayout layout, INDArray weights) {
    boolean dense = layout == WeightLayout.OUT_IN;
    if (weights.rank() != (dense ? 2 : 4) || weights.ordering() != (dense ? 'f' : 'c')) {
      throw new IllegalArgumentException(
          "Cannot sparsify %s: it is %s in order '%s' where [%s] was expected"
              .formatted(name, weights.shapeInfoToString(), weights.ordering(), layout));
    }
    int[] shape = new int[weights.rank()];
    for (int axis = 0; axis < shape.length; axis++) {
      shape[axis] = Math.toIntExact(weights.size(dense ? shape.length - 1 - axis : axis));
    }
    return shape;
  }

  private static Refusal ignored(String name, Class<?> kind) {
    return new Refusal(
        "Cannot sparsify %s: masks reach dense, 2D convolution and output layers and not %s; train this network dense or replace the layer."
            .formatted(name, kind.getSimpleName()));
  }
}
