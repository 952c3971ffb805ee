package org.espalier.averaging.checkpoint;

import java.nio.FloatBuffer;
import org.espalier.averaging.gradients.ShardedNetwork;
import org.espalier.engine.optimiser.UpdatePlan;
import org.espalier.sparsity.MaskSet;
import org.espalier.sparsity.SparseTensor;

/**
 * The weights of a shard that a mask update has brought back, in a state that was kept before it:
 * they begin at zero, without momentum.
 *
 * @param network that the shard is of
 * @param before the masks that led to the state
 * @param after the masks of the next step
 */
record RegrownShard(ShardedNetwork network, MaskSet before, MaskSet after) {
  /**
   * Makes them zero.
   *
   * @param start first parameter
   * @param length number of parameters
   * @param state as {@link org.espalier.engine.optimiser.ShardOptimiser#read} gives it, from index
   *     0
   */
  void clear(int start, int length, FloatBuffer state) {
    clear(start, length, state, 0);
    int at = length;
    for (UpdatePlan.Part part : network.plan().parts()) {
      int from = Math.max(start, part.offset());
      int end = Math.min(start + length, part.offset() + part.length());
      for (int memory = 0; from < end && memory < part.memories().size(); memory++) {
        clear(from, end - from, state, at);
        at += end - from;
      }
    }
  }

  /** Of one value for each of some parameters, from {@code at} on. */
  private void clear(int start, int length, FloatBuffer state, int at) {
    for (SparseTensor tensor : network.tensors()) {
      int from = Math.max(start, tensor.offset());
      int end = Math.min(start + length, tensor.offset() + tensor.length());
      if (from < end) {
        int first = at + from - start;
        after
            .mask(tensor.name())
            .forEachReactivatedSince(
                before.mask(tensor.name()),
                from - tensor.offset(),
                end - from,
                weight -> state.put(first + weight, 0));
      }
    }
  }
}
