package org.espalier.averaging;

import org.espalier.engine.replica.Replica;
import org.espalier.sparsity.MaskSet;

/** A replica that takes no masks. */
final class ForgetfulReplica extends DelegatingReplica {
  ForgetfulReplica(Replica honest) {
    super(honest);
  }

  @Override
  public void hold(MaskSet masks) {}

  @Override
  public long maskHash() {
    return 0;
  }
}
