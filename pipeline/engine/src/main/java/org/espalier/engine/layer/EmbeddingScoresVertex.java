package org.espalier.engine.layer;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.BaseGraphVertex;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@link EmbeddingScores} in one replica. */
@SuppressWarnings("overrides") // DL4J overrides its own varargs without them.
final class EmbeddingScoresVertex extends BaseGraphVertex {
  private static final long serialVersionUID = 1L;

  private final String embedding;
  private transient INDArray input;
  private transient INDArray output;

  EmbeddingScoresVertex(
      ComputationGraph graph, String name, int index, String embedding, DataType type) {
    super(graph, name, index, null, null, type);
    this.embedding = embedding;
  }

  @Override
  public boolean hasLayer() {
    return false;
  }

  @Override
  public Layer getLayer() {
    return null;
  }

  @Override
  public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
    input = RowMajor.of(inputs[0], workspaces, ArrayType.ACTIVATIONS);
    output = table().scores(input, training, workspaces);
    return output;
  }

  @Override
  public Pair<Gradient, INDArray[]> doBackward(boolean tbptt, LayerWorkspaceMgr workspaces) {
    INDArray below =
        workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, dataType, input.shape());
    table().scoresGradient(input, output, epsilon, below, workspaces);
    return new Pair<>(null, new INDArray[] {below});
  }

  @Override
  public void setBackpropGradientsViewArray(INDArray view) {}

  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArrays(
      INDArray[] masks, MaskState state, int batch) {
    return masks == null || masks.length == 0 ? null : new Pair<>(masks[0], state);
  }

  @Override
  public String toString() {
    return "EmbeddingScores(" + getVertexName() + ", by " + embedding + ")";
  }

  private SparseEmbeddingImplementation table() {
    var vertex = graph.getVertex(embedding);
    if (vertex != null && vertex.getLayer() instanceof SparseEmbeddingImplementation state) {
      return state;
    }
    throw new IllegalArgumentException(
        "Cannot score tokens in %s by %s: there is no SparseEmbedding of that name in the graph."
            .formatted(getVertexName(), embedding));
  }
}
