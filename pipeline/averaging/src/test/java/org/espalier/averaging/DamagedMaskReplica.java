package org.espalier.averaging;

import java.util.HashMap;
import java.util.Map;
import org.espalier.engine.replica.Replica;
import org.espalier.sparsity.Mask;
import org.espalier.sparsity.MaskSet;

/** A replica one bit of one of whose masks is wrong. */
final class DamagedMaskReplica extends DelegatingReplica {
  private final String tensor;

  DamagedMaskReplica(Replica honest, String tensor) {
    super(honest);
    this.tensor = tensor;
  }

  @Override
  public void hold(MaskSet masks) {
    Map<String, Mask> damaged = new HashMap<>();
    masks.names().forEach(name -> damaged.put(name, masks.mask(name)));
    damaged.computeIfPresent(
        tensor, (name, mask) -> Mask.where(mask.length(), i -> mask.isKept(i) != (i == 7)));
    super.hold(MaskSet.of(damaged));
  }
}
