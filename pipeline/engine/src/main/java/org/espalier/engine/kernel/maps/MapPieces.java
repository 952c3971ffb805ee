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

  /** The first place of a piece among the pixels of a channel one after the other. */
  int first(int piece) {
    return piece * length;
  }

  /** Copies a piece, its pixels one after the other, to the beginning of an array. */
  void read(FloatValues maps, MapLayout layout, int channel, int piece, float[] to) {
    read(maps, layout, channel, piece, to, 0);
  }

  /** Copies a piece, its pixels one after the other, to an array from {@code at} on. */
  void read(FloatValues maps, MapLayout layout, int channel, int piece, float[] to, int at) {
    int from = channel * layout.channelLength();
    if (whole) {
      maps.read(from + first(piece), to, at, length(piece));
    } else if (layout.stride() == 1) {
      maps.read(from + layout.place(piece, 0), to, at, length);
    } else {
      for (int column = 0; column < width; column++) {
        int place = layout.place(piece, column);
        maps.read(from + place, to, at + column * layout.images(), layout.images());
      }
    }
  }

  /** Sets a piece. */
  void write(FloatValues maps, MapLayout layout, int channel, int piece, float[] values) {
    write(maps, layout, channel, piece, values, 0);
  }

  /** Sets a piece to the values of an array from {@code at} on. */
  void write(FloatValues maps, MapLayout layout, int channel, int piece, float[] values, int at) {
    int from = channel * layout.channelLength();
    if (whole) {
      maps.write(from + first(piece), values, at, length(piece));
    } else if (layout.stride() == 1) {
      maps.write(from + layout.place(piece, 0), values, at, length);
    } else {
      for (int column = 0; column < width; column++) {
        int place = layout.place(piece, column);
        maps.write(from + place, values, at + column * layout.images(), layout.images());
      }
    }
  }
}
