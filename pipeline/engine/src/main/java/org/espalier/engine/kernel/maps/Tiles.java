package org.espalier.engine.kernel.maps;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.espalier.engine.kernel.ProductShape;
import org.espalier.engine.kernel.ProductShape.Into;
import org.espalier.engine.kernel.Slices;

/** Strips times parts of the channels, and the shape of the product that computes each tile. */
final class Tiles {
  /** With fewer strips per slice threads would wait for the one that takes the last. */
  private static final int STRIPS_PER_SLICE = 3;

  private final int parts;
  private final int channels;
  private final List<ProductShape> replacing = new ArrayList<>();
  private final List<ProductShape> adding = new ArrayList<>();

  private Tiles(
      List<Strip> strips, int channels, int parts, BiFunction<Strip, Integer, ProductShape> shape) {
    this.channels = channels;
    this.parts = Math.min(parts, channels);
    for (Strip strip : strips) {
      for (int part = 0; part < this.parts; part++) {
        ProductShape product = shape.apply(strip, start(part + 1) - start(part));
        replacing.add(product);
        adding.add(product.adding());
      }
    }
  }

  /**
   * Tiles of all channels where there are many strips.
   *
   * @param shape of the product of a strip with so many channels
   */
  static Tiles whereFew(
      List<Strip> strips,
      int channels,
      Slices slices,
      BiFunction<Strip, Integer, ProductShape> shape) {
    boolean many = strips.size() >= STRIPS_PER_SLICE * slices.count();
    return new Tiles(strips, channels, many ? 1 : slices.count(), shape);
  }

  /** Tiles of as many parts of the channels as there are slices. */
  static Tiles cut(
      List<Strip> strips,
      int channels,
      Slices slices,
      BiFunction<Strip, Integer, ProductShape> shape) {
    return new Tiles(strips, channels, slices.count(), shape);
  }

  int count() {
    return replacing.size();
  }

  int parts() {
    return parts;
  }

  int tile(int strip, int part) {
    return strip * parts + part;
  }

  int strip(int tile) {
    return tile / parts;
  }

  int firstChannel(int tile) {
    return start(tile % parts);
  }

  int endChannel(int tile) {
    return start(tile % parts + 1);
  }

  ProductShape shape(int tile, Into into) {
    return (into == Into.ADD ? adding : replacing).get(tile);
  }

  private int start(int part) {
    return Slices.start(part, parts, channels);
  }
}
