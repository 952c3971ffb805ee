package org.espalier.averaging.parameters;

import java.util.List;
import org.espalier.averaging.exchange.Protocol;
import org.espalier.averaging.exchange.Request;

/** The averaging of parameters: contributions to the owners of shards, means from them. */
public final class ParameterProtocol implements Protocol {
  @Override
  public List<? extends Request> requests() {
    return List.of(ParameterRequest.values());
  }
}
