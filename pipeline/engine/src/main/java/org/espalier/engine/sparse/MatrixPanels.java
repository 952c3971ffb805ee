package org.espalier.engine.sparse;

import static org.espalier.engine.kernel.sparse.SparseLanes.GROUP;

import org.espalier.engine.kernel.sparse.Panel;

/**
 * The memory of a batch's activations feature by feature, in panels of so many positions: all
 * features of a panel lie together, so that they stay in the cache and on few pages while all rows
 * of a matrix pass by.
 *
 * @param panels of {@code columns} positions each, the last of what is left
 * @param positions of the batch
 * @param columns positions of a panel, a multiple of {@link
 *     org.espalier.engine.kernel.sparse.SparseLanes#GROUP}
 */
record MatrixPanels(Panel[] panels, int positions, int columns) {
  /** Floats of all features of a panel: they share a second-level cache of half a megabyte. */
  private static final int CACHED = 96 << 10;

  /** Positions of a panel, at least: as many as the narrower registers hold at once. */
  private static final int NARROWEST = 4 * GROUP;

  /** Positions of a panel where the widest of its sides has so many features. */
  static int columns(int positions, int features) {
    int fitting = CACHED / features / NARROWEST * NARROWEST;
    return Math.min(Math.max(NARROWEST, fitting), padded(positions));
  }

  /** Panels of zeros. */
  static MatrixPanels of(int positions, int features, int columns) {
    int count = (positions + columns - 1) / columns;
    Panel memory = Arena.panel(Math.multiplyExact(features, count), Arena.stride(columns));
    return in(memory, positions, features, columns);
  }

  /** Panels in memory that is long enough for them, of whatever values it has. */
  static MatrixPanels in(Panel memory, int positions, int features, int columns) {
    Panel[] panels = new Panel[(positions + columns - 1) / columns];
    for (int i = 0; i < panels.length; i++) {
      panels[i] = memory.moved(i * features * memory.stride());
    }
    return new MatrixPanels(panels, positions, columns);
  }

  int count() {
    return panels.length;
  }

  Panel panel(int i) {
    return panels[i];
  }

  /** Floats from one feature to the next. */
  int stride() {
    return panels[0].stride();
  }

  /** First position of a panel; that after the last is the number of positions. */
  int first(int i) {
    return Math.min(positions, i * columns);
  }

  /** Positions of a panel. */
  int length(int i) {
    return first(i + 1) - first(i);
  }

  /** Positions of a panel, with zeros up to what is computed together. */
  int width(int i) {
    return padded(length(i));
  }

  private static int padded(int positions) {
    return (positions + GROUP - 1) / GROUP * GROUP;
  }
}
