package org.espalier.engine.backbone;

import org.espalier.engine.kernel.Values;
import org.espalier.engine.kernel.maps.MapLayout;
import org.espalier.engine.kernel.maps.MapPasses.Maps;

/** The result of a node for a batch, and its gradient, which shares its memory with others'. */
final class NodeMaps {
  private final MapLayout layout;
  private final Values values;
  private final GradientMemory memory;
  private final boolean convolved;
  private int slot = GradientMemory.NONE;

  /**
   * @param convolved whether a convolution gives it, which needs zeros around its gradient
   */
  NodeMaps(MapLayout layout, Values values, GradientMemory memory, boolean convolved) {
    this.layout = layout;
    this.values = values;
    this.memory = memory;
    this.convolved = convolved;
  }

  MapLayout layout() {
    return layout;
  }

  Values values() {
    return values;
  }

  Maps maps() {
    return new Maps(layout, values);
  }

  /** Whether a node that reads it has begun its gradient. */
  boolean isBegun() {
    return slot != GradientMemory.NONE;
  }

  /** Whether the gradient may begin in memory with anything around the pixels. */
  boolean sharesMemory() {
    return !isBegun() && !convolved;
  }

  /** Takes memory for the gradient. */
  void begin() {
    slot = memory.take(layout.length());
  }

  /** Begins the gradient in the memory of another node's, which has no use for it any more. */
  void begin(NodeMaps other) {
    slot = other.slot;
    other.slot = GradientMemory.NONE;
  }

  int slot() {
    return slot;
  }

  /** The gradient in a slot. */
  Values gradient(int of) {
    return memory.values(of, layout.length());
  }

  Maps gradientMaps(int of) {
    return new Maps(layout, gradient(of));
  }

  /** Gives the memory of the gradient back. */
  void end() {
    if (isBegun()) {
      memory.giveBack(slot);
      slot = GradientMemory.NONE;
    }
  }

  void release() {
    values.release();
  }
}
