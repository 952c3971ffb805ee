package org.espalier.engine.backbone;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.espalier.engine.kernel.maps.MapConvolutionShape;
import org.espalier.engine.kernel.maps.MapLayout;

/**
 * The layouts of a backbone's nodes, so that nothing is turned between them: each result lies as
 * those who read it need it. Normalisations, maxima and sums write whatever is asked for; what
 * convolutions by more than a pixel give lies in the rows that they read.
 */
final class NodeLayouts {
  private final Backbone backbone;
  private final Map<String, MapSize> sizes;
  private final int batch;
  private final Map<String, MapLayout> layouts = new HashMap<>();

  private NodeLayouts(Backbone backbone, int batch) {
    this.backbone = backbone;
    this.sizes = backbone.sizes();
    this.batch = batch;
    layouts.put(Backbone.IMAGES, asRead(Backbone.IMAGES));
    for (Node node : backbone.nodes()) {
      layouts.put(node.name(), layout(node));
    }
  }

  /** The layouts of images and nodes for a batch, by their names. */
  static Map<String, MapLayout> of(Backbone backbone, int batch) {
    return Map.copyOf(new NodeLayouts(backbone, batch).layouts);
  }

  private MapLayout layout(Node node) {
    if (!(node instanceof Node.Convolution convolution)) {
      return asRead(node.name());
    }
    MapLayout read = layouts.get(convolution.input());
    MapConvolutionShape shape = convolution.shape(sizes.get(convolution.input()));
    return shape.isPointwise()
        ? read.withChannels(convolution.outputs())
        : shape.results(batch, convolution.outputs());
  }

  /** As the most demanding of its readers needs it. */
  private MapLayout asRead(String name) {
    MapSize size = sizes.get(name);
    List<Node.Convolution> convolutions = readers(name, Node.Convolution.class);
    for (Node.Convolution reader : convolutions) {
      if (reader.size() > 1) {
        requireOne(name, reader, convolutions);
        return reader.shape(size).images(batch, size.channels());
      }
    }
    for (Node.Convolution reader : convolutions) {
      if (reader.stride() > 1) {
        return split(size, reader.stride());
      }
    }
    return readers(name, Node.MaxPooling.class).isEmpty()
        ? MapLayout.compact(batch, size.channels(), size.height(), size.width())
        : split(size, 2);
  }

  private static void requireOne(
      String name, Node.Convolution reader, List<Node.Convolution> convolutions) {
    for (Node.Convolution other : convolutions) {
      boolean same = other.size() == reader.size() && other.stride() == reader.stride();
      if (other.size() > 1 && !same) {
        throw new IllegalArgumentException(
            "Cannot lay out %s for %s and %s: two convolutions by more than a pixel that read one node must have one size and stride."
                .formatted(name, reader.name(), other.name()));
      }
    }
  }

  private MapLayout split(MapSize size, int stride) {
    return MapLayout.split(batch, size.channels(), size.height(), size.width(), stride);
  }

  private <N extends Node> List<N> readers(String name, Class<N> kind) {
    return backbone.nodes().stream()
        .filter(kind::isInstance)
        .map(kind::cast)
        .filter(node -> node.inputs().contains(name))
        .toList();
  }
}
