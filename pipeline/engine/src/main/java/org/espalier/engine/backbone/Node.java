package org.espalier.engine.backbone;

import java.util.List;
import java.util.Optional;
import org.espalier.engine.kernel.Activation;
import org.espalier.engine.kernel.maps.MapConvolutionShape;
import org.espalier.engine.kernel.maps.MapPasses;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.nd4j.shade.jackson.annotation.JsonSubTypes;
import org.nd4j.shade.jackson.annotation.JsonTypeInfo;

/** One node of a {@link Backbone}: what it computes, and of which nodes before it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "node")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Node.Convolution.class, name = "convolution"),
  @JsonSubTypes.Type(value = Node.Normalisation.class, name = "normalisation"),
  @JsonSubTypes.Type(value = Node.Sum.class, name = "sum"),
  @JsonSubTypes.Type(value = Node.MaxPooling.class, name = "maxPooling"),
  @JsonSubTypes.Type(value = Node.GlobalAverage.class, name = "globalAverage")
})
sealed interface Node extends java.io.Serializable {
  /** Its name, which its tensors have too. */
  String name();

  /** The names of the nodes that it reads; {@link Backbone#IMAGES} for the images. */
  List<String> inputs();

  /** The size of its result from that of its first input. */
  MapSize size(MapSize input);

  /** Kernels without bias. */
  record Convolution(
      @JsonProperty("name") String name,
      @JsonProperty("input") String input,
      @JsonProperty("outputs") int outputs,
      @JsonProperty("size") int size,
      @JsonProperty("stride") int stride,
      @JsonProperty("padding") int padding)
      implements Node {
    private static final long serialVersionUID = 1L;

    @Override
    public List<String> inputs() {
      return List.of(input);
    }

    MapConvolutionShape shape(MapSize of) {
      return new MapConvolutionShape(of.height(), of.width(), size, stride, padding);
    }

    @Override
    public MapSize size(MapSize of) {
      MapConvolutionShape shape = shape(of);
      return new MapSize(outputs, shape.resultHeight(), shape.resultWidth());
    }
  }

  /**
   * Batch normalisation, with what follows it.
   *
   * @param addend another node that is added after it, or null
   * @param initialScale of all channels
   */
  record Normalisation(
      @JsonProperty("name") String name,
      @JsonProperty("input") String input,
      @JsonProperty("addend") String addend,
      @JsonProperty("activation") Activation activation,
      @JsonProperty("initialScale") double initialScale)
      implements Node {
    private static final long serialVersionUID = 1L;

    @Override
    public List<String> inputs() {
      return addend == null ? List.of(input) : List.of(input, addend);
    }

    Optional<String> added() {
      return Optional.ofNullable(addend);
    }

    @Override
    public MapSize size(MapSize of) {
      return of;
    }
  }

  /** The sum of two nodes. */
  record Sum(
      @JsonProperty("name") String name,
      @JsonProperty("first") String first,
      @JsonProperty("second") String second)
      implements Node {
    private static final long serialVersionUID = 1L;

    @Override
    public List<String> inputs() {
      return List.of(first, second);
    }

    @Override
    public MapSize size(MapSize of) {
      return of;
    }
  }

  /** Max pooling over windows of three by three pixels, two apart. */
  record MaxPooling(@JsonProperty("name") String name, @JsonProperty("input") String input)
      implements Node {
    private static final long serialVersionUID = 1L;

    @Override
    public List<String> inputs() {
      return List.of(input);
    }

    @Override
    public MapSize size(MapSize of) {
      return new MapSize(
          of.channels(), MapPasses.windows(of.height()), MapPasses.windows(of.width()));
    }
  }

  /** Global average pooling, the last node. */
  record GlobalAverage(@JsonProperty("name") String name, @JsonProperty("input") String input)
      implements Node {
    private static final long serialVersionUID = 1L;

    @Override
    public List<String> inputs() {
      return List.of(input);
    }

    @Override
    public MapSize size(MapSize of) {
      return new MapSize(of.channels(), 1, 1);
    }
  }
}
