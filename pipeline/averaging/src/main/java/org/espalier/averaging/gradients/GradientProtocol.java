package org.espalier.averaging.gradients;

import java.util.List;
import org.espalier.averaging.exchange.Protocol;
import org.espalier.averaging.exchange.Request;

/** The averaging of gradients: means along a tree to the owners of shards, parameters from them. */
public final class GradientProtocol implements Protocol {
  @Override
  public List<? extends Request> requests() {
    return List.of(GradientRequest.values());
  }
}
