package org.espalier.engine.sparse;

import static org.espalier.engine.sparse.ImageLayout.NOWHERE;

/**
 * The turn of some columns of a row between a tile `[image][column][channel]` and a panel
 * `[channel][column][image]`, four channels at a time. Columns that are nowhere in the panel are
 * left out.
 *
 * @param batch number of images
 * @param channels of an image
 * @param tileStride floats from one image to the next in a tile
 * @param panelStride floats from one channel to the next in a panel
 * @param columns floats from the beginning of a row in a panel to each column
 */
record StripTurn(int batch, int channels, int tileStride, int panelStride, int[] columns) {
  /** Channels that turn together: those of a column fill a cache line. */
  private static final int TOGETHER = 16;

  /** Two factors of this make at least 1 of every positive float32. */
  private static final float HUGE = 0x1p127f;

  /** Copies columns to a row of a panel. */
  void in(float[] tile, float[] panel, int line, int first, int end) {
    for (int channel = 0; channel < channels; channel += TOGETHER) {
      int last = Math.min(channels, channel + TOGETHER);
      for (int column = first; column < end; column++) {
        if (columns[column] != NOWHERE) {
          columnIn(tile, (column - first) * channels, panel, line + columns[column], channel, last);
        }
      }
    }
  }

  private void columnIn(float[] tile, int at, float[] panel, int to, int first, int last) {
    int channel = first;
    for (; channel + 4 <= last; channel += 4) {
      fourIn(tile, at + channel, panel, to + channel * panelStride);
    }
    for (; channel < last; channel++) {
      int from = at + channel;
      int start = to + channel * panelStride;
      for (int i = 0; i < batch; i++) {
        panel[start + i] = tile[from + i * tileStride];
      }
    }
  }

  private void fourIn(float[] tile, int at, float[] panel, int p0) {
    int p1 = p0 + panelStride;
    int p2 = p1 + panelStride;
    int p3 = p2 + panelStride;
    int from = at;
    for (int i = 0; i < batch; i++) {
      panel[p0 + i] = tile[from];
      panel[p1 + i] = tile[from + 1];
      panel[p2 + i] = tile[from + 2];
      panel[p3 + i] = tile[from + 3];
      from += tileStride;
    }
  }

  /** Replaces what is positive in a row of a panel by columns, and all else by 0. */
  void gate(float[] tile, float[] panel, int line, int first, int end) {
    for (int channel = 0; channel < channels; channel += TOGETHER) {
      int last = Math.min(channels, channel + TOGETHER);
      for (int column = first; column < end; column++) {
        if (columns[column] != NOWHERE) {
          gateColumn(
              tile, (column - first) * channels, panel, line + columns[column], channel, last);
        }
      }
    }
  }

  private void gateColumn(float[] tile, int at, float[] panel, int to, int first, int last) {
    int channel = first;
    for (; channel + 4 <= last; channel += 4) {
      fourGated(tile, at + channel, panel, to + channel * panelStride);
    }
    for (; channel < last; channel++) {
      int from = at + channel;
      int start = to + channel * panelStride;
      for (int i = 0; i < batch; i++) {
        panel[start + i] = tile[from + i * tileStride] * open(panel[start + i]);
      }
    }
  }

  private void fourGated(float[] tile, int at, float[] panel, int p0) {
    int p1 = p0 + panelStride;
    int p2 = p1 + panelStride;
    int p3 = p2 + panelStride;
    int from = at;
    for (int i = 0; i < batch; i++) {
      panel[p0 + i] = tile[from] * open(panel[p0 + i]);
      panel[p1 + i] = tile[from + 1] * open(panel[p1 + i]);
      panel[p2 + i] = tile[from + 2] * open(panel[p2 + i]);
      panel[p3 + i] = tile[from + 3] * open(panel[p3 + i]);
      from += tileStride;
    }
  }

  private static float open(float output) {
    return Math.min(output * HUGE * HUGE, 1f);
  }

  /** Copies columns from a row of a panel. */
  void out(float[] panel, int line, float[] tile, int first, int end) {
    for (int channel = 0; channel < channels; channel += TOGETHER) {
      int last = Math.min(channels, channel + TOGETHER);
      for (int column = first; column < end; column++) {
        if (columns[column] != NOWHERE) {
          columnOut(
              panel, line + columns[column], tile, (column - first) * channels, channel, last);
        }
      }
    }
  }

  private void columnOut(float[] panel, int at, float[] tile, int to, int first, int last) {
    int channel = first;
    for (; channel + 4 <= last; channel += 4) {
      fourOut(panel, at + channel * panelStride, tile, to + channel);
    }
    for (; channel < last; channel++) {
      int from = at + channel * panelStride;
      int start = to + channel;
      for (int i = 0; i < batch; i++) {
        tile[start + i * tileStride] = panel[from + i];
      }
    }
  }

  private void fourOut(float[] panel, int p0, float[] tile, int at) {
    int p1 = p0 + panelStride;
    int p2 = p1 + panelStride;
    int p3 = p2 + panelStride;
    int to = at;
    for (int i = 0; i < batch; i++) {
      tile[to] = panel[p0 + i];
      tile[to + 1] = panel[p1 + i];
      tile[to + 2] = panel[p2 + i];
      tile[to + 3] = panel[p3 + i];
      to += tileStride;
    }
  }
}
