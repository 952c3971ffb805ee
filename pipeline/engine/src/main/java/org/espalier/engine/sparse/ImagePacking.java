package org.espalier.engine.sparse;

import static org.espalier.engine.sparse.ImageLayout.NOWHERE;

import java.util.Arrays;
import org.espalier.engine.kernel.FloatValues;
import org.espalier.engine.kernel.Slices;
import org.espalier.engine.kernel.Team;
import org.espalier.engine.kernel.sparse.Panel;

/**
 * Copies images `[batch, height, width, channels]` between ND4J's memory and panels. Rows are cut
 * into parts; some columns of a row turn together. Used by one thread at a time.
 */
final class ImagePacking {
  /** Floats that turn together, at most, unless one column has more: half of the first cache. */
  private static final int TILE = 1 << 12;

  /** Floats between two images of a tile, so that they do not share sets of the cache. */
  private static final int GAP = 16;

  /** Two factors of this make at least 1 of every positive float32. */
  private static final float HUGE = 0x1p127f;

  private final ImageLayout layout;
  private final int batch;
  private final int height;
  private final int width;
  private final int channels;
  private final int columns;
  private final int[] ends;
  private final float[][] tiles;
  private final Team.Part turningIn = this::turnIn;
  private final Team.Part gating = this::gate;
  private final Team.Part turningOut = this::turnOut;
  private FloatValues values;
  private Panel panel;
  private int slices;

  ImagePacking(ImageLayout layout, Slices most) {
    this.layout = layout;
    this.batch = layout.batch();
    this.height = layout.rows().length;
    this.width = layout.columns().length;
    this.channels = layout.channels();
    this.columns = Math.max(1, Math.min(width, TILE / (batch * channels)));
    this.ends = ends(layout);
    this.tiles = new float[most.count()][];
  }

  /** The floats from the beginning of a channel to what lies behind the image in each phase. */
  private static int[] ends(ImageLayout layout) {
    int[] ends = new int[layout.phases()];
    Arrays.setAll(ends, phase -> phase * layout.phaseLength() + layout.lead());
    for (int column : layout.columns()) {
      if (column != NOWHERE) {
        ends[column / layout.phaseLength()] = column + layout.batch();
      }
    }
    return ends;
  }

  /** Fills a panel, and what lies behind the images with zeros. */
  void in(Activations from, Panel to) {
    run(from, to, turningIn);
  }

  /**
   * Replaces what is positive in a panel, and nothing else, by these; the others become 0, as does
   * what lies behind the images.
   */
  void gate(Activations from, Panel to) {
    run(from, to, gating);
  }

  /** Reads a panel; what is nowhere in it becomes 0. */
  void out(Panel from, Activations to) {
    run(to, from, turningOut);
  }

  private void run(Activations activations, Panel other, Team.Part part) {
    if (activations.order() != Order.POSITIONS) {
      throw new IllegalArgumentException(
          "Cannot convolve images that lie feature by feature: give them position by position.");
    }
    values = FloatValues.require(activations.values());
    int length = batch * height * width * channels;
    if (values.length() != length) {
      throw new IllegalArgumentException(
          "Cannot read %d values as %d images of %d x %d with %d channels."
              .formatted(values.length(), batch, height, width, channels));
    }
    panel = other;
    slices = Work.slices(2L * length, tiles.length);
    Team.ofThread().run(slices, part);
  }

  private void turnIn(int slice, int member) {
    float[] tile = tile(slice);
    for (int row = start(slice); row < start(slice + 1); row++) {
      if (layout.rows()[row] == NOWHERE) {
        continue;
      }
      for (int first = 0; first < width; first += columns) {
        int end = Math.min(width, first + columns);
        read(row, first, end, tile);
        for (int channel = 0; channel < channels; channel++) {
          for (int column = first; column < end; column++) {
            if (layout.columns()[column] != NOWHERE) {
              Turn.in(
                  tile,
                  (column - first) * channels + channel,
                  stride(),
                  panel.values(),
                  place(row, channel) + layout.columns()[column],
                  batch);
            }
          }
        }
      }
      clearBehind(row);
    }
  }

  private void gate(int slice, int member) {
    float[] tile = tile(slice);
    for (int row = start(slice); row < start(slice + 1); row++) {
      for (int first = 0; first < width; first += columns) {
        int end = Math.min(width, first + columns);
        read(row, first, end, tile);
        for (int channel = 0; channel < channels; channel++) {
          for (int column = first; column < end; column++) {
            Turn.gate(
                tile,
                (column - first) * channels + channel,
                stride(),
                panel.values(),
                place(row, channel) + layout.columns()[column],
                batch);
          }
        }
      }
      clearBehind(row);
    }
  }

  private void turnOut(int slice, int member) {
    float[] tile = tile(slice);
    for (int row = start(slice); row < start(slice + 1); row++) {
      for (int first = 0; first < width; first += columns) {
        int end = Math.min(width, first + columns);
        for (int channel = 0; channel < channels; channel++) {
          for (int column = first; column < end; column++) {
            int at = (column - first) * channels + channel;
            if (layout.rows()[row] == NOWHERE || layout.columns()[column] == NOWHERE) {
              Turn.clear(tile, at, stride(), batch);
            } else {
              int from = place(row, channel) + layout.columns()[column];
              Turn.out(panel.values(), from, tile, at, stride(), batch);
            }
          }
        }
        for (int image = 0; image < batch; image++) {
          values.write(
              valueAt(image, row, first), tile, image * stride(), (end - first) * channels);
        }
      }
    }
  }

  private void read(int row, int first, int end, float[] tile) {
    for (int image = 0; image < batch; image++) {
      values.read(valueAt(image, row, first), tile, image * stride(), (end - first) * channels);
    }
  }

  private void clearBehind(int row) {
    for (int phase = 0; phase < ends.length; phase++) {
      int end = phase * layout.phaseLength() + layout.lead() + layout.width();
      for (int channel = 0; channel < channels && ends[phase] < end; channel++) {
        int at = place(row, channel);
        Arrays.fill(panel.values(), at + ends[phase], at + end, 0f);
      }
    }
  }

  private int valueAt(int image, int row, int column) {
    return ((image * height + row) * width + column) * channels;
  }

  private int place(int row, int channel) {
    return panel.at() + layout.rows()[row] * layout.rowLength() + channel * layout.channelLength();
  }

  private int stride() {
    return columns * channels + GAP;
  }

  private int start(int slice) {
    return Slices.start(slice, slices, height);
  }

  private float[] tile(int slice) {
    if (tiles[slice] == null) {
      tiles[slice] = new float[batch * stride()];
    }
    return tiles[slice];
  }

  /** One channel of one column: values that lie apart in a tile and side by side in a panel. */
  private static final class Turn {
    static void in(float[] tile, int at, int stride, float[] panel, int to, int count) {
      int from = at;
      int i = to;
      for (; i + 4 <= to + count; i += 4, from += 4 * stride) {
        panel[i] = tile[from];
        panel[i + 1] = tile[from + stride];
        panel[i + 2] = tile[from + 2 * stride];
        panel[i + 3] = tile[from + 3 * stride];
      }
      for (; i < to + count; i++, from += stride) {
        panel[i] = tile[from];
      }
    }

    static void gate(float[] tile, int at, int stride, float[] panel, int to, int count) {
      int from = at;
      for (int i = to; i < to + count; i++, from += stride) {
        panel[i] = tile[from] * Math.min(panel[i] * HUGE * HUGE, 1f);
      }
    }

    static void out(float[] panel, int from, float[] tile, int at, int stride, int count) {
      int to = at;
      int i = from;
      for (; i + 4 <= from + count; i += 4, to += 4 * stride) {
        tile[to] = panel[i];
        tile[to + stride] = panel[i + 1];
        tile[to + 2 * stride] = panel[i + 2];
        tile[to + 3 * stride] = panel[i + 3];
      }
      for (; i < from + count; i++, to += stride) {
        tile[to] = panel[i];
      }
    }

    static void clear(float[] tile, int at, int stride, int count) {
      int to = at;
      for (int i = 0; i < count; i++, to += stride) {
        tile[to] = 0;
      }
    }
  }
}
