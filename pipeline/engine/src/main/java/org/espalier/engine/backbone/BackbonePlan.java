package org.espalier.engine.backbone;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.espalier.engine.kernel.Values;
import org.espalier.engine.kernel.maps.MapLayout;
import org.espalier.engine.kernel.maps.MapPasses;

/**
 * The passes of a backbone for batches of one size, and the memory between them. Owns that memory
 * until closed.
 */
final class BackbonePlan implements AutoCloseable {
  private final Backbone backbone;
  private final MapPasses passes;
  private final Map<String, NodeMaps> maps = new HashMap<>();
  private final GradientMemory memory;
  private final List<Pass> forward = new ArrayList<>();
  private final Map<String, ConvolutionPass> convolutions = new HashMap<>();
  private final NodeMaps last;
  private final int lastSlot;

  /**
   * @param like values of the type that it computes with
   */
  BackbonePlan(Backbone backbone, int batch, Values like, BackboneHost host) {
    this.backbone = backbone;
    this.passes = host.maps().passes();
    this.memory = new GradientMemory(like);
    List<Node> nodes = backbone.nodes();
    Node mean = nodes.get(nodes.size() - 1);
    Map<String, MapLayout> layouts = NodeLayouts.of(backbone, batch);
    maps.put(Backbone.IMAGES, maps(layouts.get(Backbone.IMAGES), like, false));
    for (Node node : nodes.subList(0, nodes.size() - 1)) {
      boolean convolved = node instanceof Node.Convolution;
      maps.put(node.name(), maps(layouts.get(node.name()), like, convolved));
    }
    this.last = maps.get(mean.inputs().get(0));
    last.begin();
    this.lastSlot = last.slot();
    for (int i = nodes.size() - 2; i >= 0; i--) {
      forward.add(pass(nodes.get(i), host));
    }
    Collections.reverse(forward);
  }

  private NodeMaps maps(MapLayout layout, Values like, boolean convolved) {
    return new NodeMaps(layout, like.sameType(layout.length()), memory, convolved);
  }

  private Pass pass(Node node, BackboneHost host) {
    NodeMaps y = maps.get(node.name());
    NodeMaps x = maps.get(node.inputs().get(0));
    if (node instanceof Node.Convolution convolution) {
      MapSize size = backbone.sizes().get(convolution.input());
      boolean differentiable = !convolution.input().equals(Backbone.IMAGES);
      ConvolutionPass pass =
          new ConvolutionPass(convolution, convolution.shape(size), x, y, differentiable, host);
      convolutions.put(node.name(), pass);
      return pass;
    }
    if (node instanceof Node.Normalisation normalisation) {
      NodeMaps addend = normalisation.added().map(maps::get).orElse(null);
      return new NormalisationPass(normalisation, x, y, addend, host);
    }
    if (node instanceof Node.Sum sum) {
      return new SumPass(x, maps.get(sum.second()), y, host.maps());
    }
    if (node instanceof Node.MaxPooling) {
      return new MaxPoolingPass(x, y, host.maps());
    }
    throw new IllegalArgumentException(
        "Cannot compute %s here: means come last.".formatted(node.name()));
  }

  /**
   * The training pass.
   *
   * @param images `[batch, channels, height, width]`
   * @param means `[channels, batch]`
   */
  void train(Values images, Values means) {
    passes.arrange(images, maps.get(Backbone.IMAGES).maps());
    forward.forEach(Pass::train);
    passes.mean(last.maps(), means);
  }

  /** The pass of evaluation. */
  void evaluate(Values images, Values means) {
    passes.arrange(images, maps.get(Backbone.IMAGES).maps());
    forward.forEach(Pass::evaluate);
    passes.mean(last.maps(), means);
  }

  /** The gradients of the training pass before. */
  void backward(Values meanGradient) {
    passes.spread(meanGradient, last.gradientMaps(lastSlot));
    for (int i = forward.size() - 1; i >= 0; i--) {
      forward.get(i).backward();
    }
  }

  /** Whether the last pass left the masked weights of a convolution out. */
  boolean leavesOut(String convolution) {
    return convolutions.get(convolution).leavesOut();
  }

  @Override
  public void close() {
    forward.forEach(Pass::close);
    maps.values().forEach(NodeMaps::release);
    memory.release();
  }
}
