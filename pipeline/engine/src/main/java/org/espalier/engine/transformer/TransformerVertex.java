package org.espalier.engine.transformer;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.graph.vertex.VertexIndices;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.espalier.base.Refusal;
import org.espalier.engine.kernel.LayerKernels;
import org.espalier.engine.kernel.Slices;
import org.espalier.engine.kernel.Values;
import org.espalier.engine.kernel.sequence.Dropout;
import org.espalier.engine.kernel.sparse.KeptWeights;
import org.espalier.engine.layer.ProductCount;
import org.espalier.engine.layer.TensorVertex;
import org.espalier.engine.layer.VertexTraining;
import org.espalier.engine.sparse.SharedPanels;
import org.espalier.engine.tensor.MultiplyAdds;
import org.espalier.engine.tensor.ParameterTensor;
import org.espalier.engine.tensor.TensorRole;
import org.espalier.engine.weights.WeightTensor;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A {@link Transformer} in one replica. */
@SuppressWarnings("overrides") // DL4J overrides its own varargs without them.
final class TransformerVertex extends TensorVertex {
  private static final long serialVersionUID = 1L;

  /** Shapes of batches that are planned for at a time. */
  private static final int PLANS = 4;

  private final transient Transformer network;
  private final transient Host host = new Host();
  private final transient Map<String, ProductCount> counts = new HashMap<>();
  private final transient Map<BatchShape, TransformerPlan> plans =
      new LinkedHashMap<>(PLANS, 1, true);
  private final transient SharedPanels panels = new SharedPanels();
  private transient ActivationMemory activations;
  private transient Sinusoids sinusoids;
  private transient TransformerPlan current;

  TransformerVertex(Place place, Transformer network, Parameters parameters, DataType type) {
    super(
        place,
        network,
        network.form(),
        new VertexTraining(
            place.name(),
            network.tensors(place.name()),
            network.form(),
            network.updater(),
            network.weightDecay()),
        parameters,
        type);
    this.network = network;
    for (ParameterTensor tensor : tensors()) {
      if (tensor.role() == TensorRole.WEIGHT) {
        counts.put(tensor.key(), new ProductCount(tensor.name()));
      }
    }
  }

  @Override
  public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
    TokenArrays sources = TokenArrays.of(inputs[0].castTo(dataType), "source");
    TokenArrays targets = TokenArrays.of(inputs[1].castTo(dataType), "target");
    int sequences = targets.sequences();
    if (sources.sequences() != sequences) {
      throw new Refusal(
          "Cannot translate %d source sequences into %d target sequences: give as many of both."
              .formatted(sources.sequences(), sequences));
    }
    current = plan(BatchShape.of(sequences, sources.length(), targets.length()));
    INDArray states =
        workspaces.createUninitialized(
            ArrayType.ACTIVATIONS,
            dataType,
            new long[] {network.shape().width(), sequences, current.targetLength()},
            'c');
    Phase phase = training ? Phase.TRAINING : Phase.EVALUATION;
    current.forward(phase, sources, targets, values(states));
    loss().scoreBy(new Scoring(current, kernels(), sequences, targets.length()));
    return StateArrays.ofFeatures(states);
  }

  private TransformerPlan plan(BatchShape shape) {
    TransformerPlan known = plans.get(shape);
    if (known != null) {
      return known;
    }
    if (plans.size() == PLANS) {
      plans.remove(plans.keySet().iterator().next()).close();
    }
    if (activations == null) {
      Values like = values(params());
      activations = new ActivationMemory(like);
      sinusoids = new Sinusoids(like, network.shape().width());
    }
    activations.begin();
    TransformerPlan plan = new TransformerPlan(network, shape, activations, sinusoids, host);
    if (activations.replaced()) {
      closePlans();
    }
    plans.put(shape, plan);
    return plan;
  }

  /** What decoders ask of this vertex. */
  DecoderSource decoderSource() {
    return new DecoderSource() {
      @Override
      public TransformerShape shape() {
        return network.shape();
      }

      @Override
      public TransformerHost host() {
        return host;
      }

      @Override
      public TransformerPlan encode(TokenArrays sources, TokenArrays targets) {
        current = plan(BatchShape.of(sources.sequences(), sources.length(), targets.length()));
        current.encode(Phase.EVALUATION, sources, targets);
        return current;
      }

      @Override
      public INDArray array(float[][][] tokens) {
        return Nd4j.createFromArray(tokens).castTo(dataType);
      }
    };
  }

  private TokenLossImplementation loss() {
    for (VertexIndices reader : getOutputVertices()) {
      GraphVertex vertex = graph.getVertices()[reader.getVertexIndex()];
      if (vertex.hasLayer() && vertex.getLayer() instanceof TokenLossImplementation loss) {
        return loss;
      }
    }
    throw new Refusal(
        "Cannot run the Transformer %s: nothing scores its states; add a TokenLoss behind it."
            .formatted(getVertexName()));
  }

  @Override
  public Pair<Gradient, INDArray[]> doBackward(boolean tbptt, LayerWorkspaceMgr workspaces) {
    current.backward(values(StateArrays.byFeature(epsilon)));
    return new Pair<>(parameterGradients(), new INDArray[] {null, null});
  }

  private Values values(INDArray array) {
    return kernels().values(array);
  }

  @Override
  public Optional<KeptWeights> leftIn(String key) {
    boolean left =
        current != null
            && counts.containsKey(key)
            && current.leavesOut(key)
            && (!key.equals(Transformer.TABLE) || weights().of(key).leavesOutRows());
    return left ? mask(key).kept() : Optional.empty();
  }

  @Override
  public MultiplyAdds takeMultiplyAdds() {
    return counts.values().stream()
        .map(ProductCount::take)
        .reduce(MultiplyAdds.NONE, MultiplyAdds::plus);
  }

  /** Plans are made anew, since their products are cut. */
  @Override
  public void cut(Slices slices) {
    super.cut(slices);
    closePlans();
    current = null;
  }

  private void closePlans() {
    plans.values().forEach(TransformerPlan::close);
    plans.clear();
  }

  @Override
  public void close() {
    closePlans();
    current = null;
    if (activations != null) {
      activations.close();
      sinusoids.close();
      activations = null;
    }
    super.close();
  }

  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArrays(
      INDArray[] masks, MaskState state, int batch) {
    return null;
  }

  @Override
  public String toString() {
    return "Transformer(" + getVertexName() + ")";
  }

  /** What passes ask of this vertex. */
  private final class Host implements TransformerHost {
    @Override
    public LayerKernels kernels() {
      return TransformerVertex.this.kernels();
    }

    @Override
    public SharedPanels panels() {
      return panels;
    }

    @Override
    public WeightTensor weights(String key) {
      return TransformerVertex.this.weights().of(key);
    }

    @Override
    public ProductCount count(String key) {
      return counts.get(key);
    }

    @Override
    public Values parameters(String key) {
      return values(parameter(key));
    }

    @Override
    public Values gradients(String key) {
      return values(gradient(key));
    }

    @Override
    public Dropout dropout(Phase phase, double rate, String place) {
      return phase == Phase.EVALUATION || rate == 0
          ? Dropout.NONE
          : new Dropout(rate, noise(place + ".dropout"));
    }
  }
}
