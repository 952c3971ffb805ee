package org.espalier.averaging.checkpoint;

import java.util.List;
import org.espalier.averaging.exchange.Protocol;
import org.espalier.averaging.exchange.Request;

/** The writing of checkpoints by those who keep the states of shards. */
public final class CheckpointProtocol implements Protocol {
  @Override
  public List<? extends Request> requests() {
    return List.of(CheckpointRequest.values());
  }
}
