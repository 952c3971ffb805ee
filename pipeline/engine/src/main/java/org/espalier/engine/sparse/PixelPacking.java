package org.espalier.engine.sparse;

import org.espalier.engine.kernel.sparse.Panel;

/** Copies images between a network's memory and panels. Used by one thread at a time. */
interface PixelPacking {
  /** Fills a panel, and what lies behind the images with zeros. */
  void in(Activations from, Panel to);

  /**
   * Replaces what is positive in a panel, and nothing else, by these; the others become 0, as does
   * what lies behind the images.
   */
  void gate(Activations from, Panel to);

  /** Reads a panel; what is nowhere in it becomes 0. */
  void out(Panel from, Activations to);
}
