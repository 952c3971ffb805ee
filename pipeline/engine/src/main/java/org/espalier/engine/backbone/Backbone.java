package org.espalier.engine.backbone;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.espalier.engine.layer.TensorVertex;
import org.espalier.engine.tensor.HoldsActivations;
import org.espalier.engine.tensor.ParameterTensor;
import org.espalier.engine.tensor.ProductDeclaration;
import org.espalier.engine.tensor.TensorDeclaration;
import org.espalier.engine.tensor.TensorProducts;
import org.espalier.engine.tensor.TensorRole;
import org.espalier.engine.weights.WeightForm;
import org.espalier.sparsity.WeightLayout;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The convolutional part of a network that classifies images, as one vertex of a graph: its input
 * takes images `[batch, channels * height * width]`, its output gives the means of the last feature
 * maps `[batch, channels]`.
 *
 * <p>Kernels begin as a truncated normal distribution with a variance of gain / (inputs of a
 * window): a gain of 1 is what the paper's code has, 2 keeps the size of activations behind ReLU
 * (He et al. 2015). Batch normalisation keeps 0.9 of its running moments per step and adds 1e-5 to
 * variances. Weight decay reaches kernels alone. The tensors of a convolution are named as it is;
 * those of a normalisation end in {@code .scale}, {@code .shift}, {@code .mean} and {@code
 * .variance}.
 */
public final class Backbone extends GraphVertex
    implements TensorDeclaration, ProductDeclaration, HoldsActivations {
  /** What the first nodes read. */
  public static final String IMAGES = "images";

  /** Gradients that are needed at a time. */
  private static final int GRADIENTS = 4;

  static final String SCALE = ".scale";
  static final String SHIFT = ".shift";
  static final String MEAN = ".mean";
  static final String VARIANCE = ".variance";
  private static final long serialVersionUID = 1L;

  private final String vertex;
  private final MapSize images;
  private final List<Node> nodes;
  private final double gain;
  private final WeightForm form;
  private final IUpdater updater;
  private final double weightDecay;

  Backbone(
      @JsonProperty("vertex") String vertex,
      @JsonProperty("images") MapSize images,
      @JsonProperty("nodes") List<Node> nodes,
      @JsonProperty("gain") double gain,
      @JsonProperty("form") WeightForm form,
      @JsonProperty("updater") IUpdater updater,
      @JsonProperty("weightDecay") double weightDecay) {
    this.vertex = vertex;
    this.images = images;
    this.nodes = List.copyOf(nodes);
    this.gain = gain;
    this.form = form;
    this.updater = updater;
    this.weightDecay = weightDecay;
  }

  /**
   * A backbone of images of a size, node by node.
   *
   * @param vertex its name in the graph, with which the names of its tensors begin
   */
  public static BackboneBuilder of(String vertex, MapSize images) {
    return new BackboneBuilder(vertex, images);
  }

  @JsonProperty("vertex")
  String vertex() {
    return vertex;
  }

  @JsonProperty("images")
  MapSize images() {
    return images;
  }

  @JsonProperty("nodes")
  List<Node> nodes() {
    return nodes;
  }

  @JsonProperty("gain")
  double gain() {
    return gain;
  }

  @JsonProperty("form")
  WeightForm form() {
    return form;
  }

  @JsonProperty("updater")
  IUpdater updater() {
    return updater;
  }

  @JsonProperty("weightDecay")
  double weightDecay() {
    return weightDecay;
  }

  /** The sizes of the images and of all nodes' results, by their names. */
  Map<String, MapSize> sizes() {
    Map<String, MapSize> sizes = new LinkedHashMap<>();
    sizes.put(IMAGES, images);
    for (Node node : nodes) {
      sizes.put(node.name(), node.size(sizes.get(node.inputs().get(0))));
    }
    return sizes;
  }

  @Override
  public List<ParameterTensor> tensors(String owner) {
    Map<String, MapSize> sizes = sizes();
    List<ParameterTensor> tensors = new ArrayList<>();
    for (Node node : nodes) {
      if (node instanceof Node.Convolution convolution) {
        tensors.add(kernels(owner, convolution, sizes.get(convolution.input()).channels()));
      } else if (node instanceof Node.Normalisation) {
        normalisation(owner, node.name(), sizes.get(node.name()).channels(), tensors);
      }
    }
    List.copyOf(tensors).stream()
        .filter(tensor -> tensor.companion().isPresent())
        .forEach(tensor -> tensors.add(tensor.declareCompanion()));
    return TensorDeclaration.inOrder(tensors);
  }

  @Override
  public Map<String, TensorProducts> products(String owner, InputType... inputs) {
    Map<String, MapSize> sizes = sizes();
    Map<String, TensorProducts> products = new LinkedHashMap<>();
    for (Node node : nodes) {
      if (node instanceof Node.Convolution convolution) {
        MapSize result = sizes.get(node.name());
        int positions = result.height() * result.width();
        products.put(
            ParameterTensor.nameOf(owner, node.name()),
            convolution.input().equals(IMAGES)
                ? TensorProducts.ofFirst(positions)
                : TensorProducts.at(positions));
      }
    }
    return products;
  }

  private ParameterTensor kernels(String owner, Node.Convolution node, int inputs) {
    ParameterTensor kernels =
        ParameterTensor.weight(
            owner,
            node.name(),
            WeightLayout.OUT_IN_HEIGHT_WIDTH,
            node.outputs(),
            inputs,
            node.size(),
            node.size());
    return kernels.with(form.of(kernels.name()).companion());
  }

  private static void normalisation(
      String owner, String name, int channels, List<ParameterTensor> tensors) {
    for (String key : List.of(SCALE, SHIFT)) {
      tensors.add(ParameterTensor.vector(owner, name + key, TensorRole.NORMALISATION, channels));
    }
    for (String key : List.of(MEAN, VARIANCE)) {
      tensors.add(ParameterTensor.vector(owner, name + key, TensorRole.MOMENTS, channels));
    }
  }

  @Override
  public void initialise(ParameterTensor tensor, INDArray values, long seed) {
    switch (tensor.role()) {
      case WEIGHT -> InitialKernels.draw(tensor, gain, values, seed);
      case COMPANION -> form.initialiseCompanion(values, seed, tensor.name());
      default -> values.assign(initial(tensor.key()));
    }
  }

  private double initial(String key) {
    if (key.endsWith(VARIANCE)) {
      return 1;
    }
    return nodes.stream()
        .filter(node -> node instanceof Node.Normalisation && key.equals(node.name() + SCALE))
        .mapToDouble(node -> ((Node.Normalisation) node).initialScale())
        .findAny()
        .orElse(0);
  }

  @Override
  public long numParams(boolean backprop) {
    return tensors(vertex).stream().mapToLong(ParameterTensor::length).sum();
  }

  @Override
  public int minVertexInputs() {
    return 1;
  }

  @Override
  public int maxVertexInputs() {
    return 1;
  }

  @Override
  public org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(
      ComputationGraph graph,
      String name,
      int index,
      INDArray parameters,
      boolean initialise,
      DataType type) {
    return new BackboneVertex(
        new TensorVertex.Place(graph, name, index),
        this,
        TensorVertex.Parameters.of(parameters, initialise),
        type);
  }

  @Override
  public InputType getOutputType(int index, InputType... inputs) {
    return InputType.feedForward(outputs());
  }

  /** The results of all nodes, and the longest gradients of a block and its shortcut. */
  @Override
  public long activations() {
    long longest = sizes().values().stream().mapToLong(MapSize::length).max().orElseThrow();
    return results() + GRADIENTS * longest;
  }

  /** The results of all nodes: a plan for training and one for evaluation are held at a time. */
  @Override
  public long results() {
    return sizes().values().stream().mapToLong(MapSize::length).sum();
  }

  /** Number of values of an output. */
  int outputs() {
    return sizes().get(nodes.get(nodes.size() - 1).name()).channels();
  }

  @Override
  public MemoryReport getMemoryReport(InputType... inputs) {
    return new LayerMemoryReport.Builder(
            null, Backbone.class, inputs[0], InputType.feedForward(outputs()))
        .build();
  }

  @Override
  public GraphVertex clone() {
    return new Backbone(vertex, images, nodes, gain, form, updater.clone(), weightDecay);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Backbone that
        && vertex.equals(that.vertex)
        && images.equals(that.images)
        && nodes.equals(that.nodes)
        && gain == that.gain
        && form.equals(that.form)
        && updater.equals(that.updater)
        && weightDecay == that.weightDecay;
  }

  @Override
  public int hashCode() {
    return Objects.hash(vertex, images, nodes, gain, form, updater, weightDecay);
  }
}
