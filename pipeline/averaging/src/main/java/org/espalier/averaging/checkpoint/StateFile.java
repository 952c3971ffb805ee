package org.espalier.averaging.checkpoint;

import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;
import org.espalier.averaging.exchange.LostShards;
import org.espalier.averaging.gradients.KeptStates;
import org.espalier.averaging.gradients.ShardState;
import org.espalier.averaging.gradients.ShardedNetwork;
import org.espalier.averaging.parts.VectorPart;
import org.espalier.engine.optimiser.ShardOptimiser;
import org.espalier.engine.optimiser.ShardOptimiser.Range;
import org.espalier.engine.optimiser.UpdatePlan;
import org.espalier.engine.replica.FlatVector;

/**
 * The file that a process is asked to write of a state that it keeps.
 *
 * @param step number of steps that led to the state
 * @param start first parameter
 * @param length number of parameters
 * @param network that the state is of
 * @param regrowth a mask update since the state was kept; null if there was none that mattered
 * @param folder where the file belongs
 */
record StateFile(
    long step,
    int start,
    int length,
    Broadcast<ShardedNetwork> network,
    SentRegrowth regrowth,
    SentFolder folder)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * Writes it.
   *
   * @throws LostShards if the state is not here
   */
  VectorPart write(KeptStates kept) throws IOException {
    UpdatePlan plan = network.value().plan();
    ShardState state = kept.of(step, start, length);
    List<Range> ranges = ShardOptimiser.ranges(plan, start, length);
    if (regrowth == null && state.start() == start && state.length() == length) {
      return folder.opened().write(ranges, state.bytes());
    }
    ByteBuffer part = state.part(plan, start, length);
    if (regrowth != null) {
      regrowth.in(network.value()).clear(start, length, FlatVector.floats(part.duplicate()));
    }
    return folder.opened().write(ranges, part);
  }
}
