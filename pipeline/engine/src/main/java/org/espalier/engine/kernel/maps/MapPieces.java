package org.espalier.engine.kernel.maps;

import java.util.Arrays;
import org.espalier.engine.kernel.FloatValues;

/**
 * The pieces in which passes over maps go through a channel: a row of pixels each, or as much as is
 * handy where pixels follow each other in all layouts that take part. Immutable.
 */
final class MapPieces {
  /** Values of a piece where nothing else cuts it. */
  private static final int LENGTH = 512;

  private final boolean whole;
  private final int total;
  private final int length;
  private final int count;
  private final int width;

  private MapPieces(MapLayout maps, boolean whole) {
    this.whole = whole;
    this.total = maps.positions();
    this.width = maps.width();
    this.length = whole ? Math.min(LENGTH, total) : maps.width() * maps.images();
    this.count = whole ? (total + length - 1) / length : maps.height();
  }

  /** The pieces for passes between layouts of the same maps. */
  static MapPieces of(MapLayout... layouts) {
    return new MapPieces(layouts[0], Arrays.stream(layouts).allMatch(MapLayout::isCompact));
  }

  /** The rows of a layout. */
  static MapPieces rows(MapLayout layout) {
    return new MapPieces(layout, false);
  }

  /** Number of pieces. */
  int count() {
    return count;
  }

  /** Values of the longest piece. */
  int longest() {
    return length;
  }

  /** Values of a piece. */
  int length(int piece) {
    return Math.min(length, total - piece * length);
  }

  /** Copies a piece, its pixels one after the other. */
  void read(FloatValues maps, MapLayout layout, int channel, int piece, float[] to) {
    int from = channel * layout.channelLength();
    if (whole) {
      maps.read(from + piece * length, to, length(piece));
    } else if (layout.stride() == 1) {
      maps.read(from + layout.place(piece, 0), to, length);
    } else {
      for (int column = 0; column < width; column++) {
        maps.read(
            from + layout.place(piece, column), to, column * layout.images(), layout.images());
      }
    }
  }

  /** Sets a piece. */
  void write(FloatValues maps, MapLayout layout, int channel, int piece, float[] values) {
    int from = channel * layout.channelLength();
    if (whole) {
      maps.write(from + piece * length, values, length(piece));
    } else if (layout.stride() == 1) {
      maps.write(from + layout.place(piece, 0), values, length);
    } else {
      for (int column = 0; column < width; column++) {
        maps.write(
            from + layout.place(piece, column), values, column * layout.images(), layout.images());
      }
    }
  }
}
