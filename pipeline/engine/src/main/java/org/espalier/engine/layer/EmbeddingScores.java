package org.espalier.engine.layer;

import java.util.Map;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.espalier.engine.tensor.ParameterTensor;
import org.espalier.engine.tensor.ProductDeclaration;
import org.espalier.engine.tensor.TensorProducts;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The scores of all tokens, by the table of a {@link SparseEmbedding} elsewhere in the graph: x
 * `[batch, length, width]`, y `[batch, length, tokens]`. Has no parameters of its own; with
 * variational weights it draws other noise than the embedding. Must lie behind the embedding.
 */
public final class EmbeddingScores extends GraphVertex implements ProductDeclaration {
  private static final long serialVersionUID = 1L;

  private final String embedding;

  /** Scores by the table of the embedding of this name. */
  public EmbeddingScores(@JsonProperty("embedding") String embedding) {
    this.embedding = embedding;
  }

  /** Name of the embedding. */
  @JsonProperty("embedding")
  public String embedding() {
    return embedding;
  }

  @Override
  public Map<String, TensorProducts> products(String owner, InputType... inputs) {
    return Map.of(
        ParameterTensor.nameOf(embedding, ParameterTensor.WEIGHTS),
        TensorProducts.at(ProductDeclaration.positions(inputs[0])));
  }

  @Override
  public GraphVertex clone() {
    return new EmbeddingScores(embedding);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EmbeddingScores that && embedding.equals(that.embedding);
  }

  @Override
  public int hashCode() {
    return embedding.hashCode();
  }

  @Override
  public long numParams(boolean backprop) {
    return 0;
  }

  @Override
  public int minVertexInputs() {
    return 1;
  }

  @Override
  public int maxVertexInputs() {
    return 1;
  }

  @Override
  public org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(
      ComputationGraph graph,
      String name,
      int index,
      INDArray parameters,
      boolean initialise,
      DataType type) {
    return new EmbeddingScoresVertex(graph, name, index, embedding, type);
  }

  @Override
  public InputType getOutputType(int index, InputType... inputs) {
    return inputs[0];
  }

  @Override
  public MemoryReport getMemoryReport(InputType... inputs) {
    return new LayerMemoryReport.Builder(null, EmbeddingScores.class, inputs[0], inputs[0]).build();
  }
}
