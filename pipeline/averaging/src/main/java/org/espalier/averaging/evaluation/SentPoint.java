package org.espalier.averaging.evaluation;

import java.io.Serializable;
import org.apache.spark.broadcast.Broadcast;
import org.espalier.averaging.shards.BroadcastMasks;
import org.espalier.engine.replica.FlatVector;

/**
 * An operating point on its way to the executors.
 *
 * @param parameters without optimiser state
 * @param masks which weights stay
 */
record SentPoint(Broadcast<FlatVector> parameters, Broadcast<BroadcastMasks> masks)
    implements Serializable {
  private static final long serialVersionUID = 1L;
}
