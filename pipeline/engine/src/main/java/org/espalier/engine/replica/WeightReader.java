package org.espalier.engine.replica;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.espalier.engine.stochastic.Reading;
import org.espalier.engine.tensor.SparsifiableTensors;
import org.espalier.sparsity.Mask;
import org.espalier.sparsity.MaskSet;
import org.espalier.sparsity.SparseTensor;
import org.espalier.sparsity.SparseTensors;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Reads the parameters of a network whose weights are drawn in training as those of the same
 * network with plain weights. Immutable.
 */
public final class WeightReader {
  private final SparseTensors tensors;
  private final List<Pair> pairs;
  private final List<Copied> copied;
  private final int length;

  /** A plain tensor, and where its two parameters lie in the drawn network. */
  private record Pair(SparseTensor plain, int theta, int companion) {}

  /** Values that are the same in both networks. */
  private record Copied(int from, int to, int count) {}

  private WeightReader(SparseTensors tensors, List<Pair> pairs, List<Copied> copied, int length) {
    this.tensors = tensors;
    this.pairs = pairs;
    this.copied = copied;
    this.length = length;
  }

  /**
   * The reader for two initialised graphs of the same layers.
   *
   * @param drawn with weights that have a second parameter each
   * @param companion the layers' key of that second parameter
   * @param plain with plain weights
   */
  public static WeightReader between(
      ComputationGraph drawn, String companion, ComputationGraph plain) {
    SparseTensors tensors = SparsifiableTensors.of(plain);
    Map<String, INDArray> source = drawn.paramTable();
    Map<String, INDArray> target = new LinkedHashMap<>(plain.paramTable());
    List<Pair> pairs = new ArrayList<>();
    for (SparseTensor tensor : tensors) {
      TensorAddress address = TensorAddress.of(tensor);
      String second = new TensorAddress(address.layer(), companion).tableKey();
      int theta = Dl4jLayout.offset(source.get(address.tableKey()), drawn.params());
      pairs.add(new Pair(tensor, theta, Dl4jLayout.offset(source.get(second), drawn.params())));
      target.remove(address.tableKey());
    }
    List<Copied> copied = new ArrayList<>();
    target.forEach(
        (key, values) ->
            copied.add(
                new Copied(
                    Dl4jLayout.offset(source.get(key), drawn.params()),
                    Dl4jLayout.offset(values, plain.params()),
                    Math.toIntExact(values.length()))));
    INDArray state = plain.getUpdater().getStateViewArray();
    long length = plain.params().length() + (state == null ? 0 : state.length());
    return new WeightReader(tensors, pairs, copied, Math.toIntExact(length));
  }

  /** The tensors of the plain network. */
  public SparseTensors tensors() {
    return tensors;
  }

  /** Reads one operating point of a trained vector. */
  public PlainWeights read(FlatVector trained, Reading reading) {
    FloatBuffer source = trained.values();
    Map<String, Mask> masks = new LinkedHashMap<>();
    for (Pair pair : pairs) {
      Mask mask =
          Mask.where(
              pair.plain().length(),
              i -> reading.keeps(source.get(pair.theta() + i), source.get(pair.companion() + i)));
      masks.put(pair.plain().name(), mask);
    }
    return new PlainWeights(
        FlatVector.filled(length, target -> fill(source, target, reading)), MaskSet.of(masks));
  }

  private void fill(FloatBuffer source, FloatBuffer target, Reading reading) {
    copied.forEach(part -> target.put(part.to(), source, part.from(), part.count()));
    for (Pair pair : pairs) {
      int to = pair.plain().offset();
      for (int i = 0; i < pair.plain().length(); i++) {
        target.put(
            to + i, reading.value(source.get(pair.theta() + i), source.get(pair.companion() + i)));
      }
    }
  }
}
