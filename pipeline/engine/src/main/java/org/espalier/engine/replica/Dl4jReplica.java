package org.espalier.engine.replica;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.espalier.base.Mix64;
import org.espalier.engine.kernel.OffHeap;
import org.espalier.engine.layer.NoiseContext;
import org.espalier.engine.optimiser.FusedUpdater;
import org.espalier.sparsity.Mask;
import org.espalier.sparsity.MaskSet;
import org.espalier.sparsity.MaskedGradient;
import org.espalier.sparsity.SparseTensor;
import org.espalier.sparsity.SparseTensors;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** A replica whose arithmetic is DL4J's: a ComputationGraph on the ND4J backend of this JVM. */
public final class Dl4jReplica implements Replica {
  private static final long PURPOSE = Mix64.of("random numbers of a training step");

  private final ComputationGraph graph;
  private final FloatBuffer parameters;
  private final FloatBuffer updaterState;
  private final Map<String, MaskedWeights> masked;

  private long key;

  private Dl4jReplica(ComputationGraph graph, Map<String, MaskedWeights> masked) {
    this.graph = graph;
    this.masked = masked;
    this.parameters = OffHeap.view(graph.params());
    INDArray state = graph.getUpdater().getStateViewArray();
    this.updaterState = state == null ? FloatBuffer.allocate(0) : OffHeap.view(state);
  }

  /**
   * A replica around an initialised graph, which belongs to it from now on.
   *
   * @param tensors the tensors that masks will be held for; none makes a dense replica
   */
  public static Dl4jReplica of(
      ComputationGraph graph, SparseTensors tensors, MaskedGradient maskedGradient) {
    graph.initGradientsView();
    Optional<FusedUpdater> fused = FusedUpdater.installWhereItFits(graph);
    Map<String, MaskedWeights> masked = new LinkedHashMap<>();
    List<MaskedGradients.Part> gradients = new ArrayList<>();
    for (SparseTensor tensor : tensors) {
      TensorAddress address = TensorAddress.of(tensor);
      var layer = graph.getLayer(address.layer());
      MaskedWeights weights =
          new MaskedWeights(
              address.parameter(),
              part(graph.params(), tensor),
              layer.getParam(address.parameter()));
      ((BaseLayer) layer.conf().getLayer()).setWeightNoise(weights);
      masked.put(tensor.name(), weights);
      gradients.add(new MaskedGradients.Part(part(graph.getGradientsViewArray(), tensor), weights));
    }
    if (maskedGradient == MaskedGradient.NONE && tensors.size() > 0) {
      fused.ifPresentOrElse(
          updater -> masked.forEach((name, weights) -> updater.mask(name, weights.words())),
          () -> graph.setListeners(new MaskedGradients(gradients)));
    }
    return new Dl4jReplica(graph, masked);
  }

  @Override
  public int parameters() {
    return parameters.capacity();
  }

  @Override
  public int length() {
    return parameters.capacity() + updaterState.capacity();
  }

  @Override
  public void load(FloatBuffer vector, long step) {
    if (vector.capacity() != length()) {
      throw new IllegalArgumentException(
          "Cannot load a vector of %d values into a replica of %d: it belongs to another network"
              .formatted(vector.capacity(), length()));
    }
    parameters.put(0, vector, 0, parameters.capacity());
    updaterState.put(0, vector, parameters.capacity(), updaterState.capacity());
    graph.getConfiguration().setIterationCount(Math.toIntExact(step));
  }

  @Override
  public void hold(MaskSet next) {
    if (!next.names().equals(masked.keySet())) {
      throw new IllegalArgumentException(
          "Cannot hold masks of %s: this replica was built to mask %s"
              .formatted(next.names(), masked.keySet()));
    }
    masked.forEach((name, weights) -> weights.hold(next.mask(name)));
  }

  @Override
  public long maskHash() {
    Map<String, Mask> held = new HashMap<>();
    masked.forEach((name, weights) -> held.put(name, weights.held()));
    return MaskSet.of(held).hash();
  }

  @Override
  public void drawAs(long seed, int worker) {
    new NoiseContext(seed, worker).install(graph);
    key = Mix64.key(seed, PURPOSE, worker);
  }

  @Override
  public StepReport run(WorkerBatches batches, long firstStep, int steps) {
    int done = 0;
    long examples = 0;
    double lossSum = 0;
    for (long step = firstStep; step < firstStep + steps && batches.has(step); step++) {
      MultiDataSet batch = batches.at(step);
      Nd4j.getRandom().setSeed(Mix64.at(key, step));
      graph.getConfiguration().setEpochCount(batches.epoch(step));
      graph.fit(
          batch.getFeatures(),
          batch.getLabels(),
          batch.getFeaturesMaskArrays(),
          batch.getLabelsMaskArrays());
      long size = batch.getFeatures(0).size(0);
      done++;
      examples += size;
      lossSum += graph.score() * size;
    }
    return new StepReport(done, examples, lossSum);
  }

  @Override
  public Tally evaluate(MultiDataSet batch, Judge judge) {
    return judge.judge(graph.outputSingle(batch.getFeatures()), batch);
  }

  @Override
  public void read(int from, FloatBuffer target) {
    int length = target.remaining();
    int ofParameters = Math.max(0, Math.min(length, parameters.capacity() - from));
    if (ofParameters > 0) {
      target.put(target.position(), parameters, from, ofParameters);
    }
    if (ofParameters < length) {
      target.put(
          target.position() + ofParameters,
          updaterState,
          from + ofParameters - parameters.capacity(),
          length - ofParameters);
    }
  }

  @Override
  public void close() {
    for (Layer layer : graph.getLayers()) {
      layer.close(); // DL4J's graph closes arrays only.
    }
    graph.close();
  }

  private static INDArray part(INDArray flat, SparseTensor tensor) {
    return flat.reshape(flat.length())
        .get(NDArrayIndex.interval(tensor.offset(), tensor.offset() + tensor.length()));
  }
}
