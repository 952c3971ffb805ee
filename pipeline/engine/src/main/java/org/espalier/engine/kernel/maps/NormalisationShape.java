package org.espalier.engine.kernel.maps;

import org.espalier.engine.kernel.Activation;

/**
 * The shape of a {@link MapNormalisation}.
 *
 * @param from layout of x
 * @param to layout of y
 * @param addends layout of what is added; that of y where nothing is
 * @param activation what follows
 * @param epsilon added to variances, above 0
 */
public record NormalisationShape(
    MapLayout from, MapLayout to, MapLayout addends, Activation activation, double epsilon) {
  /** Checks that all layouts are of the same maps. */
  public NormalisationShape {
    if (!ofSameMaps(from, to) || !ofSameMaps(from, addends) || !(epsilon > 0)) {
      throw new IllegalArgumentException(
          "Cannot normalise %s into %s, adding %s, with an epsilon of %s: all must be of the same maps, epsilon above 0."
              .formatted(from, to, addends, epsilon));
    }
  }

  private static boolean ofSameMaps(MapLayout a, MapLayout b) {
    return a.images() == b.images()
        && a.channels() == b.channels()
        && a.height() == b.height()
        && a.width() == b.width();
  }
}
