package org.espalier.engine.sparse;

import static org.espalier.engine.sparse.ImageLayout.NOWHERE;

import java.util.Arrays;
import java.util.stream.Stream;
import org.espalier.engine.kernel.FloatValues;
import org.espalier.engine.kernel.Slices;
import org.espalier.engine.kernel.Team;
import org.espalier.engine.kernel.sparse.Panel;

/**
 * Copies images `[batch, height, width, channels]` between ND4J's memory and panels. Rows are cut
 * into parts; some columns of a row turn together. Used by one thread at a time.
 */
final class ImagePacking implements PixelPacking {
  /** Floats of a tile, at most, unless one column has more: a quarter of the second cache. */
  private static final int TILE = 1 << 15;

  /** Floats between two images of a tile, so that they do not share sets of the cache. */
  private static final int GAP = 16;

  private final ImageLayout layout;
  private final int batch;
  private final int height;
  private final int width;
  private final int channels;
  private final int columns;
  private final BehindImages behind;
  private final boolean gaps;
  private final StripTurn turn;
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
    this.behind = new BehindImages(layout);
    this.gaps =
        Stream.of(layout.rows(), layout.columns())
            .flatMapToInt(Arrays::stream)
            .anyMatch(place -> place == NOWHERE);
    this.turn = new StripTurn(batch, channels, stride(), layout.channelLength(), layout.columns());
    this.tiles = new float[most.count()][];
  }

  @Override
  public void in(Activations from, Panel to) {
    run(from, to, turningIn);
  }

  @Override
  public void gate(Activations from, Panel to) {
    run(from, to, gating);
  }

  @Override
  public void out(Panel from, Activations to) {
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
      if (layout.rows()[row] != NOWHERE) {
        for (int first = 0; first < width; first += columns) {
          int end = Math.min(width, first + columns);
          read(row, first, end, tile);
          turn.in(tile, panel.values(), line(row), first, end);
        }
        behind.clear(panel, row);
      }
    }
  }

  private void gate(int slice, int member) {
    float[] tile = tile(slice);
    for (int row = start(slice); row < start(slice + 1); row++) {
      for (int first = 0; first < width; first += columns) {
        int end = Math.min(width, first + columns);
        read(row, first, end, tile);
        turn.gate(tile, panel.values(), line(row), first, end);
      }
      behind.clear(panel, row);
    }
  }

  private void turnOut(int slice, int member) {
    float[] tile = tile(slice);
    for (int row = start(slice); row < start(slice + 1); row++) {
      for (int first = 0; first < width; first += columns) {
        int end = Math.min(width, first + columns);
        if (gaps) {
          Arrays.fill(tile, 0f);
        }
        if (layout.rows()[row] != NOWHERE) {
          turn.out(panel.values(), line(row), tile, first, end);
        }
        write(row, first, end, tile);
      }
    }
  }

  private void read(int row, int first, int end, float[] tile) {
    for (int image = 0; image < batch; image++) {
      values.read(valueAt(image, row, first), tile, image * stride(), (end - first) * channels);
    }
  }

  private void write(int row, int first, int end, float[] tile) {
    for (int image = 0; image < batch; image++) {
      values.write(valueAt(image, row, first), tile, image * stride(), (end - first) * channels);
    }
  }

  private int valueAt(int image, int row, int column) {
    return ((image * height + row) * width + column) * channels;
  }

  private int line(int row) {
    return panel.at() + layout.rows()[row] * layout.rowLength();
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
}
