package org.espalier.engine.layer;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.espalier.engine.kernel.Noise;
import org.espalier.engine.operations.LayerArithmetic;
import org.espalier.engine.tensor.TensorOwner;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A single layer, without a network around it. */
final class LayerHarness {
  private final LayerWorkspaceMgr workspaces = LayerWorkspaceMgr.noWorkspaces();
  private final org.deeplearning4j.nn.api.Layer layer;
  private INDArray scored;
  private INDArray scores;

  /** A layer in float64. */
  LayerHarness(Layer configuration) {
    this(configuration, DataType.DOUBLE);
  }

  LayerHarness(Layer configuration, DataType type) {
    configuration.setLayerName("layer");
    NeuralNetConfiguration whole =
        new NeuralNetConfiguration.Builder().seed(1).miniBatch(false).build();
    whole.setLayer(configuration);
    long length = configuration.initializer().numParams(configuration);
    INDArray parameters = length == 0 ? null : Nd4j.zeros(type, length);
    layer = configuration.instantiate(whole, List.of(), 0, parameters, false, type);
    if (length > 0) {
      layer.setBackpropGradientsViewArray(Nd4j.zeros(type, length));
    }
  }

  /** A layer on ND4J's operations, as on other backends. */
  static LayerHarness onOperations(Layer configuration, DataType type) {
    System.setProperty(LayerArithmetic.PROPERTY, "nd4j");
    try {
      return new LayerHarness(configuration, type);
    } finally {
      System.clearProperty(LayerArithmetic.PROPERTY);
    }
  }

  void parameter(String key, INDArray values) {
    layer.getParam(key).assign(values);
  }

  /** The parameters, which may be changed. */
  Map<String, INDArray> parameters() {
    return layer.paramTable();
  }

  void noise(INDArray numbers) {
    ((SparseLayerImplementation) layer)
        .use(Noise.given(org.espalier.engine.kernel.Values.of(numbers)));
  }

  /** The layer as masks and counts see it. */
  TensorOwner owner() {
    return (TensorOwner) layer;
  }

  INDArray train(INDArray input) {
    return layer.activate(input, true, workspaces).dup('c');
  }

  INDArray evaluate(INDArray input) {
    return layer.activate(input, false, workspaces).dup('c');
  }

  /** The gradient of the input; those of the parameters follow by {@link #gradient}. */
  INDArray backward(INDArray cotangent) {
    return layer.backpropGradient(cotangent.dup('c'), workspaces).getSecond();
  }

  /** The scores of a network's end by an embedding. */
  INDArray trainScores(INDArray rows) {
    scored = rows;
    scores = ((SparseEmbeddingImplementation) layer).scores(rows, true, workspaces);
    return scores.dup('c');
  }

  /** The gradient of the rows; comes before {@link #backward}. */
  INDArray backwardScores(INDArray cotangent) {
    INDArray below = scored.like();
    ((SparseEmbeddingImplementation) layer)
        .scoresGradient(scored, scores, cotangent.dup('c'), below, workspaces);
    return below;
  }

  INDArray evaluateScores(INDArray rows) {
    return ((SparseEmbeddingImplementation) layer).scores(rows, false, workspaces).dup('c');
  }

  INDArray gradient(String key) {
    return views().get(key);
  }

  double penalty() {
    return layer.calcRegularizationScore(true);
  }

  void close() {
    layer.close();
  }

  private Map<String, INDArray> views() {
    return layer
        .conf()
        .getLayer()
        .initializer()
        .getGradientsFromFlattened(layer.conf(), layer.getGradientsViewArray());
  }
}
