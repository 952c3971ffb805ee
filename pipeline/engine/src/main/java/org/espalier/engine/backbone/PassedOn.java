package org.espalier.engine.backbone;

import org.espalier.engine.kernel.ProductShape.Into;
import org.espalier.engine.kernel.maps.MapKernels;
import org.espalier.engine.kernel.maps.MapPasses;

/**
 * The gradient of a sum as that of a summand: the very same memory where nothing else needs it,
 * else a copy, or added to what other readers of the summand have begun.
 */
final class PassedOn {
  private final NodeMaps from;
  private final NodeMaps to;
  private final MapPasses passes;
  private final int source;
  private final int target;
  private final Into into;
  private final boolean same;

  /**
   * @param source where the gradient of the sum is
   */
  PassedOn(NodeMaps from, int source, NodeMaps to, MapKernels kernels) {
    this.from = from;
    this.to = to;
    this.passes = kernels.passes();
    this.source = source;
    this.into = to.isBegun() ? Into.ADD : Into.REPLACE;
    this.same = from.isBegun() && to.sharesMemory() && from.layout().equals(to.layout());
    if (same) {
      to.begin(from);
    } else if (!to.isBegun()) {
      to.begin();
    }
    this.target = to.slot();
  }

  void run() {
    if (!same) {
      passes.copy(from.gradientMaps(source), to.gradientMaps(target), into);
    }
  }
}
