package org.espalier.engine.kernel.maps;

import org.espalier.engine.kernel.ProductShape.Into;
import org.espalier.engine.kernel.Values;

/** {@link MapPasses} one value at a time. */
final class ReferenceMapPasses implements MapPasses {
  /** What is done with each value. */
  private interface Visitor {
    void at(int channel, int row, int column, int image);
  }

  @Override
  public void arrange(Values images, Maps to) {
    MapLayout maps = to.layout();
    visit(
        maps,
        (c, row, column, b) -> {
          int at = ((b * maps.channels() + c) * maps.height() + row) * maps.width() + column;
          to.values().set(place(to, c, row, column) + b, images.get(at));
        });
  }

  @Override
  public void add(Maps a, Maps b, Maps to) {
    visit(
        to.layout(),
        (c, row, column, image) ->
            to.values()
                .set(
                    place(to, c, row, column) + image,
                    a.values().get(place(a, c, row, column) + image)
                        + b.values().get(place(b, c, row, column) + image)));
  }

  @Override
  public void copy(Maps from, Maps to, Into into) {
    double[] old = new double[to.values().length()];
    if (into == Into.ADD) {
      for (int i = 0; i < old.length; i++) {
        old[i] = to.values().get(i);
      }
    }
    to.values().fill(0);
    visit(
        to.layout(),
        (c, row, column, image) -> {
          int at = place(to, c, row, column) + image;
          to.values().set(at, old[at] + from.values().get(place(from, c, row, column) + image));
        });
  }

  @Override
  public void mean(Maps from, Values means) {
    MapLayout maps = from.layout();
    means.fill(0);
    visit(
        maps,
        (c, row, column, b) -> {
          int to = c * maps.images() + b;
          means.set(to, means.get(to) + from.values().get(place(from, c, row, column) + b));
        });
    for (int i = 0; i < means.length(); i++) {
      means.set(i, means.get(i) / (maps.height() * maps.width()));
    }
  }

  @Override
  public void spread(Values meanGradient, Maps to) {
    MapLayout maps = to.layout();
    to.values().fill(0);
    visit(
        maps,
        (c, row, column, b) ->
            to.values()
                .set(
                    place(to, c, row, column) + b,
                    meanGradient.get(c * maps.images() + b) / (maps.height() * maps.width())));
  }

  @Override
  public void maxPool(Maps from, Maps to) {
    visit(
        to.layout(),
        (c, row, column, b) ->
            to.values()
                .set(
                    place(to, c, row, column) + b,
                    from.values().get(first(from, c, row, column, b))));
  }

  @Override
  public void maxPoolGradient(Maps from, Maps largest, Maps gradient, Maps inputGradient) {
    inputGradient.values().fill(0);
    visit(
        largest.layout(),
        (c, row, column, b) -> {
          int to = first(from, c, row, column, b);
          double delta = gradient.values().get(place(gradient, c, row, column) + b);
          inputGradient.values().set(to, inputGradient.values().get(to) + delta);
        });
  }

  /** Where the first of the largest values of a window lies. */
  private static int first(Maps from, int channel, int row, int column, int image) {
    int best = -1;
    for (int y = 2 * row; y < Math.min(2 * row + WINDOW, from.layout().height()); y++) {
      for (int x = 2 * column; x < Math.min(2 * column + WINDOW, from.layout().width()); x++) {
        int at = place(from, channel, y, x) + image;
        if (best < 0 || from.values().get(at) > from.values().get(best)) {
          best = at;
        }
      }
    }
    return best;
  }

  private static int place(Maps maps, int channel, int row, int column) {
    return channel * maps.layout().channelLength() + maps.layout().place(row, column);
  }

  private static void visit(MapLayout maps, Visitor visitor) {
    for (int channel = 0; channel < maps.channels(); channel++) {
      for (int row = 0; row < maps.height(); row++) {
        for (int column = 0; column < maps.width(); column++) {
          for (int image = 0; image < maps.images(); image++) {
            visitor.at(channel, row, column, image);
          }
        }
      }
    }
  }
}
