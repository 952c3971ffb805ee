package org.espalier.engine.backbone;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.espalier.engine.kernel.Activation;
import org.espalier.engine.optimiser.Optimiser;
import org.espalier.engine.weights.WeightForm;

/**
 * Builds a {@link Backbone} node by node; every method gives the name of the node that it adds.
 *
 * @see Backbone#of
 */
public final class BackboneBuilder {
  /** What the first nodes read. */
  public static final String IMAGES = Backbone.IMAGES;

  private final String vertex;
  private final MapSize images;
  private double gain = 1;
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, MapSize> sizes = new HashMap<>();

  BackboneBuilder(String vertex, MapSize images) {
    this.vertex = vertex;
    this.images = images;
    sizes.put(Backbone.IMAGES, images);
  }

  /** The gain of initial kernels, above 0; 1 unless told otherwise. */
  public BackboneBuilder gain(double number) {
    gain = number;
    return this;
  }

  /**
   * A convolution without bias, padded with zeros on both sides.
   *
   * @param input name of a node, or {@link Backbone#IMAGES}
   * @param outputs number of maps
   * @param size rows and columns of a kernel, odd
   * @param stride distance of two windows
   */
  public String convolve(String name, String input, int outputs, int size, int stride) {
    return add(new Node.Convolution(name, input, outputs, size, stride, size / 2));
  }

  /** A batch normalisation. */
  public String normalise(String name, String input) {
    return add(new Node.Normalisation(name, input, null, Activation.IDENTITY, 1));
  }

  /** A batch normalisation, then ReLU. */
  public String normaliseRectified(String name, String input) {
    return add(new Node.Normalisation(name, input, null, Activation.RELU, 1));
  }

  /**
   * A batch normalisation, whose scales begin at zero, to which another node is added, then ReLU.
   */
  public String joinRectified(String name, String input, String addend) {
    require(addend, sizes.get(input), name);
    return add(new Node.Normalisation(name, input, addend, Activation.RELU, 0));
  }

  /** The sum of two nodes. */
  public String add(String name, String first, String second) {
    require(second, sizes.get(first), name);
    return add(new Node.Sum(name, first, second));
  }

  /**
   * Max pooling over windows of three by three pixels, two apart, padded behind as TensorFlow does.
   */
  public String maxPool(String name, String input) {
    return add(new Node.MaxPooling(name, input));
  }

  /** The size of a node's result. */
  public MapSize size(String node) {
    return known(node);
  }

  /**
   * The backbone that ends with global average pooling of a node.
   *
   * @param form of the kernels
   * @param optimiser of all tensors
   */
  public Backbone average(String input, WeightForm form, Optimiser optimiser) {
    add(new Node.GlobalAverage("average", input));
    return new Backbone(
        vertex, images, nodes, gain, form, optimiser.updater(), optimiser.weightDecay());
  }

  private String add(Node node) {
    if (sizes.containsKey(node.name())) {
      throw new IllegalArgumentException(
          "Cannot add the node %s: there is one of that name already.".formatted(node.name()));
    }
    node.inputs().forEach(this::known);
    sizes.put(node.name(), node.size(sizes.get(node.inputs().get(0))));
    nodes.add(node);
    return node.name();
  }

  private MapSize known(String node) {
    MapSize size = sizes.get(node);
    if (size == null) {
      throw new IllegalArgumentException(
          "Cannot read the node %s: it has not been added yet.".formatted(node));
    }
    return size;
  }

  private void require(String node, MapSize size, String reader) {
    if (!known(node).equals(size)) {
      throw new IllegalArgumentException(
          "Cannot add %s of %s to %s in %s: both must be of one size."
              .formatted(node, known(node), size, reader));
    }
  }
}
