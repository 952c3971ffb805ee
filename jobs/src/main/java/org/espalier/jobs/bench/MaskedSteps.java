package org.espalier.jobs.bench;

import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.espalier.base.Mix64;
import org.espalier.engine.replica.Dl4jRecipe;
import org.espalier.engine.replica.Replica;
import org.espalier.engine.tensor.NetworkTensors;
import org.espalier.sparsity.Mask;
import org.espalier.sparsity.MaskSet;
import org.espalier.sparsity.MaskedGradient;
import org.espalier.sparsity.SparseTensor;
import org.espalier.sparsity.SparseTensors;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * Training steps of a replica under uniformly random masks, in rounds after each of which its
 * weights are read, as they are when workers are averaged.
 */
final class MaskedSteps implements AutoCloseable {
  private final Replica replica;
  private final MultiDataSet batch;
  private final int round;
  private final FloatBuffer first = FloatBuffer.allocate(1);
  private long step;

  /**
   * Steps of a network.
   *
   * @param graph initialised, which is closed
   * @param sparsity of every weight tensor, 0 for the dense step
   * @param round steps of a round
   */
  MaskedSteps(ComputationGraph graph, MultiDataSet batch, double sparsity, int round) {
    this.batch = batch;
    this.round = round;
    SparseTensors tensors = NetworkTensors.of(graph).sparsifiable();
    String json = graph.getConfiguration().toJson();
    graph.close();
    replica = new Dl4jRecipe(json, tensors, MaskedGradient.NONE).build();
    replica.hold(masks(tensors, sparsity));
    replica.drawAs(1, 0);
  }

  private static MaskSet masks(SparseTensors tensors, double sparsity) {
    Map<String, Mask> masks = new HashMap<>();
    for (SparseTensor tensor : tensors) {
      long key = Mix64.key(1, Mix64.of(tensor.name()), 0);
      masks.put(tensor.name(), Mask.where(tensor.length(), i -> Mix64.unit(key, i) >= sparsity));
    }
    return MaskSet.of(masks);
  }

  /** Runs a round and returns the seconds of one of its steps. */
  double secondsPerStep() {
    long start = System.nanoTime();
    replica.run(ignored -> batch, step, round);
    replica.read(0, first.clear());
    step += round;
    return (System.nanoTime() - start) * 1e-9 / round;
  }

  @Override
  public void close() {
    replica.close();
  }
}
