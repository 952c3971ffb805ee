package org.espalier.engine.sparse;

import org.espalier.engine.kernel.Slices;
import org.espalier.engine.kernel.Values;

/**
 * The turn of float32 activations that lie feature by feature to memory where they lie position by
 * position. Used by one thread at a time.
 */
public final class Turn {
  private final int positions;
  private final int features;
  private final FeatureRows rows;
  private final Packing packing;
  private final MatrixPanels panels;

  /** A turn of batches of one shape. */
  public Turn(int positions, int features) {
    this.positions = positions;
    this.features = features;
    this.rows = new FeatureRows(positions, 1);
    this.packing = new Packing(positions, features, Slices.DEFAULT);
    this.panels = MatrixPanels.of(positions, features, MatrixPanels.columns(positions, features));
  }

  /** Whether this turns batches of such a shape. */
  public boolean fits(long positions, long features) {
    return positions == this.positions && features == this.features;
  }

  /** Overwrites {@code to}. */
  public void apply(Values from, Values to) {
    rows.in(from, panels, 0, features);
    packing.out(panels, to);
  }
}
