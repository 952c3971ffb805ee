package org.espalier.engine.sparse;

import org.espalier.engine.kernel.FloatValues;
import org.espalier.engine.kernel.Slices;
import org.espalier.engine.kernel.Team;
import org.espalier.engine.kernel.Values;
import org.espalier.engine.kernel.sparse.Panel;

/**
 * Turns activations between ND4J's memory, where they lie position by position, and panels. Used by
 * one thread at a time.
 */
final class Packing {
  /** Positions that turn together: their values of a feature fill a cache line. */
  private static final int TILE = 16;

  /** Between positions of a tile, so that they do not map to the same sets of the cache. */
  private static final int GAP = 16;

  private static final int[] ONE_COLUMN = {0};

  private final int positions;
  private final int features;
  private final float[][] rows;
  private final Team.Part turningIn = this::turnIn;
  private final Team.Part turningOut = this::turnOut;
  private final Team.Part gating = this::gate;
  private StripTurn turns;
  private StripTurn lastTurn;
  private FloatValues values;
  private MatrixPanels panels;
  private int slices;

  Packing(int positions, int features, Slices most) {
    this.positions = positions;
    this.features = features;
    this.rows = new float[most.count()][];
  }

  /** Fills a panel, but for its padding. */
  void in(Values from, MatrixPanels to) {
    run(from, to, turningIn);
  }

  /** Replaces what is positive in a panel, and nothing else, by these; the others become 0. */
  void gate(Values from, MatrixPanels to) {
    run(from, to, gating);
  }

  /** Reads a panel. */
  void out(MatrixPanels from, Values to) {
    run(to, from, turningOut);
  }

  private void run(Values given, MatrixPanels other, Team.Part part) {
    values = FloatValues.require(given);
    requireLength(given);
    panels = other;
    slices = Work.slices((long) positions * features * 2, rows.length);
    Team.ofThread().run(slices, part);
  }

  private void requireLength(Values given) {
    if (given.length() != positions * features) {
      throw new IllegalArgumentException(
          "Cannot read %d values as %d positions of %d features."
              .formatted(given.length(), positions, features));
    }
  }

  private void turnIn(int slice, int member) {
    float[] tile = tile(slice);
    for (int p = first(slice); p < first(slice + 1); p += TILE) {
      read(p, tile);
      Panel panel = panel(p);
      turn(p).in(tile, panel.values(), panel.at() + p % panels.columns(), 0, 1);
    }
  }

  private void gate(int slice, int member) {
    float[] tile = tile(slice);
    for (int p = first(slice); p < first(slice + 1); p += TILE) {
      read(p, tile);
      Panel panel = panel(p);
      turn(p).gate(tile, panel.values(), panel.at() + p % panels.columns(), 0, 1);
    }
  }

  private void turnOut(int slice, int member) {
    float[] tile = tile(slice);
    for (int p = first(slice); p < first(slice + 1); p += TILE) {
      Panel panel = panel(p);
      turn(p).out(panel.values(), panel.at() + p % panels.columns(), tile, 0, 1);
      for (int i = 0; i < turn(p).batch(); i++) {
        values.write((p + i) * features, tile, i * (features + GAP), features);
      }
    }
  }

  private void read(int position, float[] tile) {
    for (int i = 0; i < turn(position).batch(); i++) {
      values.read((position + i) * features, tile, i * (features + GAP), features);
    }
  }

  private Panel panel(int position) {
    return panels.panel(position / panels.columns());
  }

  private StripTurn turn(int position) {
    int left = positions - position;
    int stride = panels.stride();
    if (turns == null || turns.panelStride() != stride) {
      turns = new StripTurn(TILE, features, features + GAP, stride, ONE_COLUMN);
      lastTurn = new StripTurn(positions % TILE, features, features + GAP, stride, ONE_COLUMN);
    }
    return left < TILE ? lastTurn : turns;
  }

  private int first(int slice) {
    return Math.min(positions, start(slice, tiles()) * TILE);
  }

  private int tiles() {
    return (positions + TILE - 1) / TILE;
  }

  private int start(int slice, int length) {
    return Slices.start(slice, slices, length);
  }

  private float[] tile(int slice) {
    if (rows[slice] == null) {
      rows[slice] = new float[TILE * (features + GAP)];
    }
    return rows[slice];
  }
}
