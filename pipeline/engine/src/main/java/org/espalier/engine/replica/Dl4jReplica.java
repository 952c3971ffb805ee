package org.espalier.engine.replica;

import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.espalier.base.Mix64;
import org.espalier.engine.decoding.NextTokens;
import org.espalier.engine.decoding.TokenScorer;
import org.espalier.engine.kernel.sparse.MaskedProducts;
import org.espalier.engine.layer.WeightedLoss;
import org.espalier.engine.operations.HostVector;
import org.espalier.engine.optimiser.FusedUpdater;
import org.espalier.engine.optimiser.InPlaceSteps;
import org.espalier.engine.optimiser.UpdatePlan;
import org.espalier.engine.tensor.HeldMask;
import org.espalier.engine.tensor.NetworkTensors;
import org.espalier.engine.tensor.NoiseContext;
import org.espalier.engine.tensor.TensorOwner;
import org.espalier.sparsity.Mask;
import org.espalier.sparsity.MaskSet;
import org.espalier.sparsity.MaskedGradient;
import org.espalier.sparsity.SparseTensors;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/** A replica whose arithmetic is DL4J's: a ComputationGraph on the ND4J backend of this JVM. */
public final class Dl4jReplica implements Replica {
  private static final long PURPOSE = Mix64.of("random numbers of a training step");

  private final ComputationGraph graph;
  private final NetworkTensors tensors;
  private final HostVector parameters;
  private final Optional<HostVector> updaterState;
  private final Map<String, HeldMask> masks;
  private final Optional<InPlaceSteps> inPlace;

  private long key;
  private NetworkGradient gradient;
  private KeptParameters kept;
  private int minibatch;
  private MaskedProducts products = MaskedProducts.DENSE;

  private Dl4jReplica(
      ComputationGraph graph,
      NetworkTensors tensors,
      Map<String, HeldMask> masks,
      Optional<InPlaceSteps> inPlace,
      Optional<INDArray> updaterState) {
    this.graph = graph;
    this.tensors = tensors;
    this.masks = masks;
    this.inPlace = inPlace;
    this.parameters = HostVector.of(graph.params());
    this.updaterState = updaterState.map(HostVector::of);
  }

  /**
   * A replica around an initialised graph, which belongs to it from now on.
   *
   * @param masked the tensors that masks will be held for; none makes a dense replica
   */
  public static Dl4jReplica of(
      ComputationGraph graph, SparseTensors masked, MaskedGradient maskedGradient) {
    graph.initGradientsView();
    Optional<FusedUpdater> fused = FusedUpdater.installWhereItFits(graph);
    NetworkTensors tensors = NetworkTensors.of(graph);
    Map<String, HeldMask> masks = masks(tensors, masked);
    if (maskedGradient == MaskedGradient.NONE && !masks.isEmpty()) {
      fused.ifPresentOrElse(
          updater -> masks.forEach((name, mask) -> updater.mask(name, mask.words())),
          () -> graph.setListeners(MaskedGradients.of(graph, tensors, masks)));
    }
    return new Dl4jReplica(
        graph,
        tensors,
        masks,
        fused.flatMap(updater -> updater.inPlace(tensors)),
        Optional.ofNullable(graph.getUpdater().getStateViewArray()));
  }

  /**
   * A replica around an initialised graph that computes gradients alone: its vector are the
   * parameters, because it holds no updater state.
   *
   * @param masked the tensors that masks will be held for
   * @param plan how its parameters are updated elsewhere
   */
  static Dl4jReplica ofGradients(ComputationGraph graph, SparseTensors masked, UpdatePlan plan) {
    graph.initGradientsView();
    NetworkTensors tensors = NetworkTensors.of(graph);
    Dl4jReplica replica =
        new Dl4jReplica(graph, tensors, masks(tensors, masked), Optional.empty(), Optional.empty());
    replica.gradient = replica.gradient(plan);
    return replica;
  }

  /** Brings the network's vectors up to date, before anybody reads or sets them. */
  private void settle() {
    inPlace.ifPresent(InPlaceSteps::settle);
    joinKept();
  }

  private void joinKept() {
    if (kept != null) {
      kept.join();
    }
  }

  /** Leaves masked weights out of products from now on, where the choice says so. */
  void leaveOut(MaskedProducts choice) {
    products = choice;
    masks.values().forEach(mask -> mask.leaveOut(choice));
  }

  private static Map<String, HeldMask> masks(NetworkTensors tensors, SparseTensors masked) {
    Map<String, HeldMask> masks = new LinkedHashMap<>();
    masked.names().forEach(name -> masks.put(name, tensors.mask(name)));
    return masks;
  }

  @Override
  public int parameters() {
    return parameters.length();
  }

  @Override
  public int length() {
    return parameters() + updaterState.map(HostVector::length).orElse(0);
  }

  @Override
  public void load(FloatBuffer vector, long step) {
    settle();
    if (vector.capacity() != length()) {
      throw new IllegalArgumentException(
          "Cannot load a vector of %d values into a replica of %d: it belongs to another network"
              .formatted(vector.capacity(), length()));
    }
    parameters.fill(values -> values.put(0, vector, 0, parameters()));
    updaterState.ifPresent(
        state -> state.fill(values -> values.put(0, vector, parameters(), state.length())));
    graph.getConfiguration().setIterationCount(Math.toIntExact(step));
  }

  @Override
  public void hold(MaskSet next) {
    settle();
    if (!next.names().equals(masks.keySet())) {
      throw new IllegalArgumentException(
          "Cannot hold masks of %s: this replica was built to mask %s"
              .formatted(next.names(), masks.keySet()));
    }
    kept = null;
    masks.forEach((name, mask) -> mask.hold(next.mask(name)));
  }

  @Override
  public long maskHash() {
    Map<String, Mask> held = new HashMap<>();
    masks.forEach((name, mask) -> held.put(name, mask.held()));
    return MaskSet.of(held).hash();
  }

  @Override
  public void drawAs(long seed, int worker) {
    tensors.draw(new NoiseContext(seed, worker));
    key = Mix64.key(seed, PURPOSE, worker);
  }

  @Override
  public StepReport differentiate(WorkerBatches batches, long step, Differentiated wanted) {
    MaskedProducts choice = wanted == Differentiated.ALL ? MaskedProducts.DENSE : products;
    masks.values().forEach(mask -> mask.leaveOut(choice));
    if (!batches.has(step)) {
      return StepReport.NONE;
    }
    MultiDataSet batch = batches.at(step);
    begin(batches, step);
    inPlace.ifPresent(InPlaceSteps::settle);
    if (wanted == Differentiated.KEPT) {
      kept().separate();
    } else {
      kept().join();
    }
    forgetEvaluations();
    computeGradient(batch);
    long counted = weight(batch);
    minibatch = rows(batch);
    return new StepReport(1, counted, loss() * counted, tensors.takeMultiplyAdds());
  }

  /** Counts multiply-adds from here on. */
  private void forgetEvaluations() {
    tensors.takeMultiplyAdds();
  }

  private void begin(WorkerBatches batches, long step) {
    Nd4j.getRandom().setSeed(Mix64.at(key, step));
    graph.getConfiguration().setIterationCount(Math.toIntExact(step));
    graph.getConfiguration().setEpochCount(batches.epoch(step));
  }

  private double loss() {
    return graph.score() + tensors.penaltyOfVertices();
  }

  @Override
  public void readGradient(int from, float[] target, int count) {
    gradient.read(from, target, 0, count, minibatch);
  }

  @Override
  public void readKeptGradient(int from, float[] target, int count) {
    kept().readGradient(from, target, count, minibatch);
  }

  private KeptParameters kept() {
    if (kept == null) {
      kept = new KeptParameters(masks.keySet(), tensors, parameters, gradient());
    }
    return kept;
  }

  private NetworkGradient gradient() {
    if (gradient == null) {
      gradient = gradient(UpdatePlan.of(graph));
    }
    return gradient;
  }

  private NetworkGradient gradient(UpdatePlan plan) {
    return new NetworkGradient(plan, HostVector.of(graph.getGradientsViewArray()), parameters);
  }

  @Override
  public void writeKept(FloatBuffer source) {
    inPlace.ifPresent(InPlaceSteps::settle);
    kept().write(source);
  }

  @Override
  public void write(int from, FloatBuffer source) {
    settle();
    parameters.write(from, source);
  }

  @Override
  public StepReport run(WorkerBatches batches, long firstStep, int steps) {
    if (graph.getUpdater(false) == null) {
      throw new IllegalStateException(
          "Cannot take steps: this replica computes gradients and has no optimiser; build one by the network's own recipe");
    }
    joinKept();
    forgetEvaluations();
    int done = 0;
    long weight = 0;
    double lossSum = 0;
    for (long step = firstStep; step < firstStep + steps && batches.has(step); step++) {
      MultiDataSet batch = batches.at(step);
      begin(batches, step);
      take(batch, Math.toIntExact(step), Math.toIntExact(firstStep + steps - step));
      long counted = weight(batch);
      done++;
      weight += counted;
      lossSum += loss() * counted;
    }
    return new StepReport(done, weight, lossSum, tensors.takeMultiplyAdds());
  }

  private void take(MultiDataSet batch, int step, int ahead) {
    if (inPlace.isPresent()) {
      computeGradient(batch);
      inPlace.get().take(step, rows(batch), ahead);
      graph.getConfiguration().setIterationCount(step + 1);
    } else if (graph.numParams() > 0) {
      graph.fit(
          batch.getFeatures(),
          batch.getLabels(),
          batch.getFeaturesMaskArrays(),
          batch.getLabelsMaskArrays());
    } else {
      takeByUpdater(batch, step);
    }
  }

  /**
   * The step that DL4J's solver would take, which leaves graphs alone whose layers have nothing.
   */
  private void takeByUpdater(MultiDataSet batch, int step) {
    computeGradient(batch);
    graph.getListeners().forEach(listener -> listener.onGradientCalculation(graph));
    graph
        .getUpdater()
        .update(
            graph.gradient(),
            step,
            graph.getConfiguration().getEpochCount(),
            rows(batch),
            LayerWorkspaceMgr.noWorkspaces());
    INDArray parameters = graph.params();
    parameters.subi(graph.getGradientsViewArray().reshape(parameters.shape()));
    graph.getConfiguration().setIterationCount(step + 1);
  }

  private void computeGradient(MultiDataSet batch) {
    graph.setInputs(batch.getFeatures());
    graph.setLabels(batch.getLabels());
    boolean masked = batch.getFeaturesMaskArrays() != null || batch.getLabelsMaskArrays() != null;
    if (masked) {
      graph.setLayerMaskArrays(batch.getFeaturesMaskArrays(), batch.getLabelsMaskArrays());
    }
    graph.computeGradientAndScore();
    if (masked) {
      graph.clearLayerMaskArrays();
    }
  }

  private static int rows(MultiDataSet batch) {
    return Math.toIntExact(batch.getFeatures(0).size(0));
  }

  /** The weight of a batch that was trained on: examples where its loss does not say more. */
  private long weight(MultiDataSet batch) {
    if (graph.getNumOutputArrays() == 1 && graph.getOutputLayer(0) instanceof WeightedLoss loss) {
      return Math.round(loss.weight());
    }
    return batch.getFeatures(0).size(0);
  }

  @Override
  public <T> T evaluate(MultiDataSet batch, Observer<T> observer) {
    settle();
    return observer.observe(graph.outputSingle(batch.getFeatures()), batch);
  }

  @Override
  public NextTokens nextTokens(TokenScorer scorer) {
    settle();
    return scorer.of(graph);
  }

  @Override
  public void read(int from, FloatBuffer target) {
    settle();
    int end = from + target.remaining();
    int ofParameters = Math.max(0, Math.min(end, parameters()) - from);
    if (ofParameters > 0) {
      parameters.read(from, part(target, 0, ofParameters));
    }
    if (end > parameters()) {
      int first = Math.max(from, parameters()) - parameters();
      FloatBuffer rest = part(target, ofParameters, end - from - ofParameters);
      updaterState.orElseThrow().read(first, rest);
    }
  }

  private static FloatBuffer part(FloatBuffer target, int from, int count) {
    return target.slice(target.position() + from, count);
  }

  @Override
  public void close() {
    inPlace.ifPresent(InPlaceSteps::close);
    if (kept != null) {
      kept.close();
    }
    for (GraphVertex vertex : graph.getVertices()) { // DL4J's graph closes arrays only.
      if (vertex.hasLayer()) {
        vertex.getLayer().close();
      } else if (vertex instanceof TensorOwner owner) {
        owner.close();
      }
    }
    graph.close();
  }
}
