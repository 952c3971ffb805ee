package org.espalier.engine.sparse;

import org.espalier.engine.kernel.FloatValues;
import org.espalier.engine.kernel.Values;
import org.espalier.engine.kernel.sparse.Panel;

/**
 * Copies activations that lie feature by feature between ND4J's memory and panels, some features at
 * a time, so that who computes with them copies them where it needs them. Slices of one piece of
 * work may copy at the same time.
 */
final class FeatureRows {
  /** Two factors of this make at least 1 of every positive float32. */
  private static final float HUGE = 0x1p127f;

  private final int positions;
  private final float[][] rows;

  FeatureRows(int positions, int slices) {
    this.positions = positions;
    this.rows = new float[slices][];
  }

  /** Fills features, but for their padding. */
  void in(Values from, MatrixPanels to, int first, int end) {
    FloatValues values = FloatValues.require(from);
    for (int f = first; f < end; f++) {
      for (int i = 0; i < to.count(); i++) {
        Panel panel = to.panel(i);
        values.read(f * positions + to.first(i), panel.values(), start(panel, f), to.length(i));
      }
    }
  }

  /** Replaces what is positive in features by these values; all else becomes 0. */
  void gate(int slice, Values from, MatrixPanels to, int first, int end) {
    FloatValues values = FloatValues.require(from);
    float[] row = row(slice);
    for (int f = first; f < end; f++) {
      for (int i = 0; i < to.count(); i++) {
        Panel panel = to.panel(i);
        values.read(f * positions + to.first(i), row, to.length(i));
        gate(row, panel.values(), start(panel, f), to.length(i));
      }
    }
  }

  /** {@code output = delta} where it is positive, else 0; outputs of ReLU, never negative. */
  static void gate(float[] delta, float[] output, int at, int count) {
    for (int i = 0; i < count; i++) {
      output[at + i] = delta[i] * Math.min(output[at + i] * HUGE * HUGE, 1f);
    }
  }

  /** Reads features. */
  void out(MatrixPanels from, Values to, int first, int end) {
    FloatValues values = FloatValues.require(to);
    for (int f = first; f < end; f++) {
      for (int i = 0; i < from.count(); i++) {
        Panel panel = from.panel(i);
        values.write(
            f * positions + from.first(i), panel.values(), start(panel, f), from.length(i));
      }
    }
  }

  /** Adds features to what is there. */
  void add(int slice, MatrixPanels from, Values to, int first, int end) {
    FloatValues values = FloatValues.require(to);
    float[] row = row(slice);
    for (int f = first; f < end; f++) {
      for (int i = 0; i < from.count(); i++) {
        Panel panel = from.panel(i);
        int at = f * positions + from.first(i);
        values.read(at, row, from.length(i));
        add(row, panel.values(), start(panel, f), from.length(i));
        values.write(at, row, from.length(i));
      }
    }
  }

  private static void add(float[] sum, float[] more, int at, int count) {
    for (int i = 0; i < count; i++) {
      sum[i] += more[at + i];
    }
  }

  private static int start(Panel panel, int feature) {
    return panel.at() + feature * panel.stride();
  }

  private float[] row(int slice) {
    if (rows[slice] == null) {
      rows[slice] = new float[positions];
    }
    return rows[slice];
  }
}
