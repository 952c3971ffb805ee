package org.espalier.engine.replica;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.espalier.engine.stochastic.PointEstimate;
import org.espalier.engine.tensor.NetworkTensors;
import org.espalier.engine.tensor.ParameterTensor;
import org.espalier.sparsity.Mask;
import org.espalier.sparsity.MaskSet;
import org.espalier.sparsity.SparseTensor;
import org.espalier.sparsity.SparseTensors;

/**
 * Reads the parameters of a network whose weights are drawn in training as those of the same
 * network with plain weights. Immutable.
 */
public final class WeightReader {
  private final SparseTensors tensors;
  private final Map<String, Pair> pairs;
  private final List<Copied> copied;
  private final int length;

  /**
   * Where the two parameters of every weight lie in the drawn network, and the one that is read.
   */
  private record Pair(int theta, int companion, int to, int length) {}

  /** Values that are the same in both networks. */
  private record Copied(int from, int to, int count) {}

  private WeightReader(
      SparseTensors tensors, Map<String, Pair> pairs, List<Copied> copied, int length) {
    this.tensors = tensors;
    this.pairs = pairs;
    this.copied = copied;
    this.length = length;
  }

  /**
   * The reader for two initialised graphs of the same layers and vertices.
   *
   * @param drawn with weights that have companions
   * @param plain with plain weights
   */
  public static WeightReader between(ComputationGraph drawn, ComputationGraph plain) {
    NetworkTensors source = NetworkTensors.of(drawn);
    NetworkTensors target = NetworkTensors.of(plain);
    Map<String, Pair> pairs = new LinkedHashMap<>();
    List<Copied> copied = new ArrayList<>();
    for (ParameterTensor tensor : target.all()) {
      ParameterTensor same = source.named(tensor.name());
      same.companion()
          .map(key -> source.named(same.owner() + "/" + key))
          .ifPresentOrElse(
              companion ->
                  pairs.put(
                      tensor.name(),
                      new Pair(
                          same.offset(), companion.offset(), tensor.offset(), tensor.length())),
              () -> copied.add(new Copied(same.offset(), tensor.offset(), tensor.length())));
    }
    int length = Math.toIntExact(plain.params().length());
    return new WeightReader(target.sparsifiable(), pairs, copied, length);
  }

  /** The tensors of the plain network. */
  public SparseTensors tensors() {
    return tensors;
  }

  /** Reads one operating point of a trained vector. */
  public PlainWeights read(FlatVector trained, PointEstimate estimate) {
    FloatBuffer source = trained.values();
    Map<String, Mask> masks = new LinkedHashMap<>();
    for (SparseTensor tensor : tensors) {
      masks.put(tensor.name(), mask(source, tensor, estimate));
    }
    return new PlainWeights(
        FlatVector.filled(length, target -> fill(source, target, estimate)), MaskSet.of(masks));
  }

  private Mask mask(FloatBuffer source, SparseTensor tensor, PointEstimate estimate) {
    Pair pair = pairs.get(tensor.name());
    if (pair == null) { // Its weights are plain in both networks.
      return Mask.all(tensor.length());
    }
    return Mask.where(
        tensor.length(),
        i -> estimate.keeps(source.get(pair.theta() + i), source.get(pair.companion() + i)));
  }

  private void fill(FloatBuffer source, FloatBuffer target, PointEstimate estimate) {
    copied.forEach(part -> target.put(part.to(), source, part.from(), part.count()));
    for (Pair pair : pairs.values()) {
      for (int i = 0; i < pair.length(); i++) {
        float theta = source.get(pair.theta() + i);
        target.put(pair.to() + i, estimate.value(theta, source.get(pair.companion() + i)));
      }
    }
  }
}
