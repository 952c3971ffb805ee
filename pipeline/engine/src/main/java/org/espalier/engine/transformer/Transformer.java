package org.espalier.engine.transformer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.espalier.base.Refusal;
import org.espalier.engine.layer.TensorVertex;
import org.espalier.engine.optimiser.Optimiser;
import org.espalier.engine.tensor.HoldsActivations;
import org.espalier.engine.tensor.ParameterTensor;
import org.espalier.engine.tensor.ProductDeclaration;
import org.espalier.engine.tensor.TensorDeclaration;
import org.espalier.engine.tensor.TensorProducts;
import org.espalier.engine.tensor.TensorRole;
import org.espalier.engine.weights.WeightForm;
import org.espalier.sparsity.WeightLayout;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A Transformer (Vaswani et al. 2017) as the paper trains it, as one vertex of a graph: every
 * sublayer normalises what it reads and adds to it, encoder and decoder end in a normalisation. Its
 * inputs `source` and `target`, each `[batch, 3, length]`, hold ids, segments and positions of
 * tokens; segment 0 is padding, token 0 is embedded as zeros, attention stays within segments, and
 * what the decoder reads at a position is the token before it in its segment. Its output are the
 * states of the decoder, `[batch, width, length]`, which a {@link TokenLoss} behind it scores by
 * the table of the embedding.
 *
 * <p>Matrices begin uniform after Glorot, the table normal with a deviation of {@code width^-0.5}.
 * Drawn weights share the noise of all positions of a sequence; the table is drawn anew for every
 * token that is looked up, and once more for the scores. Weight decay reaches matrices and table.
 */
public final class Transformer extends GraphVertex
    implements TensorDeclaration, ProductDeclaration, HoldsActivations {
  static final String TABLE = "embedding";
  static final String SPACE = "targetSpace";
  static final String ENCODER_NORM = "encoder.norm";
  static final String DECODER_NORM = "decoder.norm";

  /** Rows of the table of target spaces, of which one is read. */
  static final int SPACES = 32;

  /** The space of German tokens, as tensor2tensor numbers them. */
  static final int GERMAN = 8;

  private static final int INPUTS = 2;
  private static final long serialVersionUID = 1L;

  private final String vertex;
  private final TransformerShape shape;
  private final TransformerDropout dropout;
  private final WeightForm form;
  private final IUpdater updater;
  private final double weightDecay;

  private Transformer(
      @JsonProperty("vertex") String vertex,
      @JsonProperty("shape") TransformerShape shape,
      @JsonProperty("dropout") TransformerDropout dropout,
      @JsonProperty("form") WeightForm form,
      @JsonProperty("updater") IUpdater updater,
      @JsonProperty("weightDecay") double weightDecay) {
    this.vertex = vertex;
    this.shape = shape;
    this.dropout = dropout;
    this.form = form;
    this.updater = updater;
    this.weightDecay = weightDecay;
  }

  /**
   * A Transformer.
   *
   * @param vertex its name in the graph, with which the names of its tensors begin
   * @param form of the matrices and the table
   * @param optimiser of all tensors
   * @throws Refusal if the form leaves weights out of means in training
   */
  public Transformer(
      String vertex,
      TransformerShape shape,
      TransformerDropout dropout,
      WeightForm form,
      Optimiser optimiser) {
    this(vertex, shape, dropout, form, optimiser.updater(), optimiser.weightDecay());
    if (Double.isFinite(form.trainThreshold())) {
      throw new Refusal(
          "Cannot leave weights of log alpha %s and more out of a Transformer's means in training: only dense and convolutional layers do that; train it without trainThreshold."
              .formatted(form.trainThreshold()));
    }
  }

  @JsonProperty("vertex")
  String vertex() {
    return vertex;
  }

  @JsonProperty("shape")
  TransformerShape shape() {
    return shape;
  }

  @JsonProperty("dropout")
  TransformerDropout dropout() {
    return dropout;
  }

  @JsonProperty("form")
  WeightForm form() {
    return form;
  }

  @JsonProperty("updater")
  IUpdater updater() {
    return updater;
  }

  @JsonProperty("weightDecay")
  double weightDecay() {
    return weightDecay;
  }

  /** All sublayers, the encoder's first. */
  List<Sublayer> sublayers() {
    List<Sublayer> all = new ArrayList<>(Sublayer.ofEncoder(shape));
    all.addAll(Sublayer.ofDecoder(shape));
    return all;
  }

  @Override
  public List<ParameterTensor> tensors(String owner) {
    List<ParameterTensor> tensors = new ArrayList<>();
    tensors.add(
        ParameterTensor.weight(owner, TABLE, WeightLayout.OUT_IN, shape.tokens(), shape.width()));
    tensors.add(ParameterTensor.vector(owner, SPACE, TensorRole.BIAS, SPACES * shape.width()));
    for (Sublayer sublayer : sublayers()) {
      tensors.addAll(sublayer.tensors(owner, shape));
    }
    tensors.addAll(Sublayer.normalisation(owner, ENCODER_NORM, shape.width()));
    tensors.addAll(Sublayer.normalisation(owner, DECODER_NORM, shape.width()));
    tensors.replaceAll(
        tensor ->
            tensor.role() == TensorRole.WEIGHT
                ? tensor.with(form.of(tensor.name()).companion())
                : tensor);
    List.copyOf(tensors).stream()
        .filter(tensor -> tensor.companion().isPresent())
        .forEach(tensor -> tensors.add(tensor.declareCompanion()));
    return TensorDeclaration.inOrder(tensors);
  }

  /** Matrices are applied to every position of a side; the table to those of the target. */
  @Override
  public Map<String, TensorProducts> products(String owner, InputType... inputs) {
    TensorProducts source = TensorProducts.at(ProductDeclaration.positions(inputs[0]));
    TensorProducts target = TensorProducts.at(ProductDeclaration.positions(inputs[1]));
    Map<String, TensorProducts> products = new LinkedHashMap<>();
    products.put(ParameterTensor.nameOf(owner, TABLE), target);
    for (Sublayer sublayer : Sublayer.ofEncoder(shape)) {
      addProducts(sublayer, owner, source, source, products);
    }
    for (Sublayer sublayer : Sublayer.ofDecoder(shape)) {
      boolean across = sublayer.kind() == Sublayer.Kind.ENCODER_ATTENTION;
      addProducts(sublayer, owner, target, across ? source : target, products);
    }
    return products;
  }

  private void addProducts(
      Sublayer sublayer,
      String owner,
      TensorProducts own,
      TensorProducts attended,
      Map<String, TensorProducts> to) {
    for (ParameterTensor tensor : sublayer.tensors(owner, shape)) {
      if (tensor.role() == TensorRole.WEIGHT) {
        String key = tensor.key();
        boolean other = key.equals(sublayer.keys()) || key.equals(sublayer.values());
        to.put(tensor.name(), other ? attended : own);
      }
    }
  }

  @Override
  public void initialise(ParameterTensor tensor, INDArray values, long seed) {
    if (tensor.key().equals(TABLE)) {
      InitialWeights.normal(tensor, 1 / Math.sqrt(shape.width()), values, seed);
    } else if (tensor.key().equals(SPACE)) {
      InitialWeights.uniform(tensor, SPACES, shape.width(), values, seed);
    } else if (tensor.role() == TensorRole.WEIGHT) {
      InitialWeights.uniform(tensor, tensor.shape().get(0), tensor.shape().get(1), values, seed);
    } else if (tensor.role() == TensorRole.COMPANION) {
      form.initialiseCompanion(values, seed, tensor.name());
    } else {
      values.assign(tensor.key().endsWith(Sublayer.GAIN) ? 1 : 0);
    }
  }

  @Override
  public long numParams(boolean backprop) {
    return tensors(vertex).stream().mapToLong(ParameterTensor::length).sum();
  }

  @Override
  public int minVertexInputs() {
    return INPUTS;
  }

  @Override
  public int maxVertexInputs() {
    return INPUTS;
  }

  @Override
  public org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(
      ComputationGraph graph,
      String name,
      int index,
      INDArray parameters,
      boolean initialise,
      DataType type) {
    return new TransformerVertex(
        new TensorVertex.Place(graph, name, index),
        this,
        TensorVertex.Parameters.of(parameters, initialise),
        type);
  }

  @Override
  public InputType getOutputType(int index, InputType... inputs) {
    return InputType.recurrent(shape.width(), ProductDeclaration.positions(inputs[1]));
  }

  /** Those of sequences of the longest length. */
  @Override
  public long activations() {
    return TransformerPlan.activations(this);
  }

  /** As many as in training: what a pass computes lies in one memory until the next. */
  @Override
  public long results() {
    return activations();
  }

  @Override
  public MemoryReport getMemoryReport(InputType... inputs) {
    return new LayerMemoryReport.Builder(
            null, Transformer.class, inputs[0], getOutputType(0, inputs))
        .build();
  }

  @Override
  public GraphVertex clone() {
    return new Transformer(vertex, shape, dropout, form, updater.clone(), weightDecay);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Transformer that
        && vertex.equals(that.vertex)
        && shape.equals(that.shape)
        && dropout.equals(that.dropout)
        && form.equals(that.form)
        && updater.equals(that.updater)
        && weightDecay == that.weightDecay;
  }

  @Override
  public int hashCode() {
    return Objects.hash(vertex, shape, dropout, form, updater, weightDecay);
  }
}
