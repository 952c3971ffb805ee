package org.espalier.engine.kernel.maps;

import org.espalier.engine.kernel.Samples;
import org.espalier.engine.kernel.Values;
import org.espalier.engine.kernel.maps.MapPasses.Maps;

/** Reproducible feature maps for tests, and their comparison. */
final class MapSamples {
  private MapSamples() {}

  /** Normal numbers, and zeros where there are no pixels. */
  static Maps normals(long seed, MapLayout layout) {
    Values drawn = Samples.normals(seed, layout.length());
    Maps maps = zeros(layout);
    visit(layout, at -> maps.values().set(at, drawn.get(at)));
    return maps;
  }

  static Maps zeros(MapLayout layout) {
    return new Maps(layout, Values.floats(layout.length()));
  }

  /** What is left where nothing may be read, such as gradients of another node. */
  static Maps leftOvers(MapLayout layout) {
    Maps maps = zeros(layout);
    maps.values().fill(7);
    return maps;
  }

  /** The pixels one after the other. */
  static Values pixels(Maps maps) {
    MapLayout layout = maps.layout();
    Values pixels = Values.floats(layout.channels() * layout.positions());
    int[] count = {0};
    visit(layout, at -> pixels.set(count[0]++, maps.values().get(at)));
    return pixels;
  }

  /** The sum of the magnitudes of all that is no pixel. */
  static double aroundPixels(Maps maps) {
    double[] sum = {0};
    for (int i = 0; i < maps.values().length(); i++) {
      sum[0] += Math.abs(maps.values().get(i));
    }
    visit(maps.layout(), at -> sum[0] -= Math.abs(maps.values().get(at)));
    return sum[0];
  }

  private interface Visitor {
    void at(int index);
  }

  private static void visit(MapLayout layout, Visitor visitor) {
    for (int channel = 0; channel < layout.channels(); channel++) {
      for (int row = 0; row < layout.height(); row++) {
        for (int column = 0; column < layout.width(); column++) {
          for (int image = 0; image < layout.images(); image++) {
            visitor.at(channel * layout.channelLength() + layout.place(row, column) + image);
          }
        }
      }
    }
  }
}
