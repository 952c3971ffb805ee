package org.espalier.engine.tensor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.api.Trainable;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.espalier.base.Refusal;
import org.espalier.engine.kernel.Slices;
import org.espalier.engine.kernel.sparse.KeptWeights;
import org.espalier.sparsity.SparseTensors;

/** The tensors of a graph, where they lie in its flat vector, and who computes with them. */
public final class NetworkTensors {
  private final Map<String, Owned> byName;
  private final List<TensorOwner> owners;
  private final List<TensorOwner> vertices;
  private final List<Unreached> unreached;

  /** A tensor at its place in the flat vector. */
  private record Owned(ParameterTensor tensor, TensorOwner owner) {}

  /** Weights that masks cannot be held for. */
  private record Unreached(String name, String kind) {}

  private NetworkTensors(ComputationGraph graph) {
    byName = new LinkedHashMap<>();
    owners = new ArrayList<>();
    vertices = new ArrayList<>();
    unreached = new ArrayList<>();
    for (GraphVertex vertex : graph.getVertices()) {
      add(graph, vertex);
    }
  }

  /** The tensors of an initialised graph. */
  public static NetworkTensors of(ComputationGraph graph) {
    return new NetworkTensors(graph);
  }

  private void add(ComputationGraph graph, GraphVertex vertex) {
    Trainable trained = vertex.hasLayer() ? vertex.getLayer() : vertex;
    if (trained.numParams() == 0) {
      return;
    }
    if (trained instanceof TensorOwner owner) {
      add(owner, graph, trained);
      if (!vertex.hasLayer()) {
        vertices.add(owner);
      }
    } else if (vertex.hasLayer()) {
      StockLayer stock = new StockLayer(vertex.getLayer());
      add(stock, graph, trained);
      stock
          .unreached()
          .forEach(tensor -> unreached.add(new Unreached(tensor.name(), stock.kind())));
    } else {
      unreached.add(new Unreached(vertex.getVertexName(), vertex.getClass().getSimpleName()));
    }
  }

  private void add(TensorOwner owner, ComputationGraph graph, Trainable trained) {
    int start = Math.toIntExact(trained.params().offset() - graph.params().offset());
    owners.add(owner);
    for (ParameterTensor tensor : owner.tensors()) {
      byName.put(tensor.name(), new Owned(tensor.at(start + tensor.offset()), owner));
    }
  }

  /** All of them, at their offsets in the flat vector. */
  public List<ParameterTensor> all() {
    return byName.values().stream().map(Owned::tensor).toList();
  }

  /**
   * The tensors that masks may be held for, named {@code owner/key}.
   *
   * @throws Refusal if a stock layer or vertex of DL4J has weights that masks do not reach
   */
  public SparseTensors sparsifiable() {
    if (!unreached.isEmpty()) {
      throw new Refusal(
          "Cannot sparsify %s: masks reach dense, 2D convolution and output layers and not %s; train this network dense or replace the layer."
              .formatted(unreached.get(0).name(), unreached.get(0).kind()));
    }
    return SparseTensors.of(
        all().stream()
            .filter(ParameterTensor::isSparsifiable)
            .map(ParameterTensor::sparse)
            .toList());
  }

  /** A tensor at its offset in the flat vector. */
  public ParameterTensor named(String name) {
    return owned(name).tensor();
  }

  /** The mask that the passes read a tensor through. */
  public HeldMask mask(String name) {
    Owned owned = owned(name);
    return owned.owner().mask(owned.tensor().key());
  }

  /** The kept weights of a tensor, if every pass of a step leaves the others out. */
  public Optional<KeptWeights> leftIn(String name) {
    Owned owned = owned(name);
    return owned.owner().leftIn(owned.tensor().key());
  }

  private Owned owned(String name) {
    Owned owned = byName.get(name);
    if (owned == null) {
      throw new IllegalArgumentException(
          "Cannot find the tensor %s in this network: it has %s.".formatted(name, byName.keySet()));
    }
    return owned;
  }

  /** The running moments of own layers and vertices, at their offsets in the flat vector. */
  public List<MomentTensors> moments() {
    List<MomentTensors> moments = new ArrayList<>();
    for (TensorOwner owner : owners) {
      for (MomentTensors each : owner.moments()) {
        moments.add(new MomentTensors(named(each.mean().name()), named(each.variance().name())));
      }
    }
    return moments;
  }

  /** The multiply-adds of own layers since they were last asked for. */
  public MultiplyAdds takeMultiplyAdds() {
    return owners.stream()
        .map(TensorOwner::takeMultiplyAdds)
        .reduce(MultiplyAdds.NONE, MultiplyAdds::plus);
  }

  /**
   * Cuts the products and convolutions of all own layers and vertices into so many slices from the
   * next step on; {@link Slices#DEFAULT} before.
   */
  public void cut(Slices slices) {
    owners.forEach(owner -> owner.cut(slices));
  }

  /** Draws the noise of this seed and worker from the next step on. */
  public void draw(NoiseContext context) {
    owners.forEach(owner -> owner.draw(context));
  }

  /**
   * The penalties, with their factors, of tensors that belong to vertices. DL4J's score has those
   * of layers only.
   */
  public double penaltyOfVertices() {
    return vertices.stream().mapToDouble(TensorOwner::penalty).sum();
  }
}
