package org.espalier.averaging.checkpoint;

import java.io.Serializable;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.espalier.averaging.gradients.ShardedNetwork;
import org.espalier.averaging.shards.BroadcastMasks;
import org.espalier.sparsity.MaskSet;

/**
 * The masks before and after an update that came after states were kept, on their way to those who
 * keep them.
 *
 * @param before the masks that led to the states
 * @param after the masks of the next step
 */
record SentRegrowth(Broadcast<BroadcastMasks> before, Broadcast<BroadcastMasks> after)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  static SentRegrowth of(MaskSet before, MaskSet after, JavaSparkContext spark) {
    return new SentRegrowth(
        spark.broadcast(BroadcastMasks.of(before)), spark.broadcast(BroadcastMasks.of(after)));
  }

  RegrownShard in(ShardedNetwork network) {
    return new RegrownShard(network, before.value().masks(), after.value().masks());
  }

  void destroy() {
    before.destroy();
    after.destroy();
  }
}
