package org.espalier.tasks.classification;

import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.distribution.NormalDistribution;
import org.espalier.datasets.ImageShape;
import org.espalier.engine.backbone.Backbone;
import org.espalier.engine.backbone.BackboneBuilder;
import org.espalier.engine.backbone.MapSize;
import org.espalier.engine.kernel.Smoothing;
import org.espalier.engine.layer.SoftmaxLoss;
import org.espalier.engine.layer.SparseDense;
import org.espalier.engine.optimiser.Optimiser;
import org.espalier.engine.weights.WeightForm;

/**
 * Residual networks: groups of blocks, the first block of a group with a stride. The kinds of
 * blocks are those of He et al. (2016), with the stride in the 3x3 convolution of a bottleneck
 * (v1.5), and of Zagoruyko and Komodakis (2016).
 */
final class ResidualNetworks {
  /** The gain that keeps the size of activations behind ReLU (He et al. 2015). */
  static final double BEHIND_RELU = 2;

  private static final String MAPS = "maps";
  private static final double INITIAL_DEVIATION = 0.01;

  private ResidualNetworks() {}

  /** Groups of blocks. */
  enum Block {
    /** 1x1, 3x3 and 1x1 convolutions, of which the last has four times as many maps. */
    BOTTLENECK {
      @Override
      String add(BackboneBuilder to, String name, String input, int width, int stride) {
        String one =
            to.normaliseRectified(
                name + ".norm1", to.convolve(name + ".conv1", input, width, 1, 1));
        String two =
            to.normaliseRectified(
                name + ".norm2", to.convolve(name + ".conv2", one, width, 3, stride));
        String three = to.convolve(name + ".conv3", two, EXPANSION * width, 1, 1);
        return joined(to, name, ".norm3", three, input, stride);
      }
    },
    /** Two 3x3 convolutions. */
    BASIC {
      @Override
      String add(BackboneBuilder to, String name, String input, int width, int stride) {
        String one =
            to.normaliseRectified(
                name + ".norm1", to.convolve(name + ".conv1", input, width, 3, stride));
        String two = to.convolve(name + ".conv2", one, width, 3, 1);
        return joined(to, name, ".norm2", two, input, stride);
      }
    },
    /** The same with normalisation and ReLU before each convolution and nothing after the sum. */
    PREACTIVATED {
      @Override
      String add(BackboneBuilder to, String name, String input, int width, int stride) {
        String active = to.normaliseRectified(name + ".norm1", input);
        String one =
            to.normaliseRectified(
                name + ".norm2", to.convolve(name + ".conv1", active, width, 3, stride));
        String two = to.convolve(name + ".conv2", one, width, 3, 1);
        String shortcut =
            to.size(two).equals(to.size(input))
                ? input
                : to.convolve(name + ".projection", active, width, 1, stride);
        return to.add(name, two, shortcut);
      }
    };

    private static final int EXPANSION = 4;

    /** Adds a block and gives the name of its result. */
    abstract String add(BackboneBuilder to, String name, String input, int width, int stride);

    private static String joined(
        BackboneBuilder to, String name, String last, String branch, String input, int stride) {
      if (to.size(branch).equals(to.size(input))) {
        return to.joinRectified(name + last, branch, input);
      }
      int outputs = to.size(branch).channels();
      String projected = to.convolve(name + ".projection", input, outputs, 1, stride);
      String shortcut = to.normalise(name + ".projectionNorm", projected);
      return to.joinRectified(name + last, branch, shortcut);
    }
  }

  /**
   * Groups of equally many maps.
   *
   * @param blocks number of blocks
   * @param width maps of a 3x3 convolution
   * @param stride of the first block
   */
  record Group(int blocks, int width, int stride) {}

  static BackboneBuilder of(ImageShape image) {
    return Backbone.of(MAPS, new MapSize(image.channels(), image.height(), image.width()));
  }

  /** Adds groups of blocks and gives the name of the result. */
  static String groups(BackboneBuilder to, String input, Block kind, List<Group> groups) {
    String last = input;
    for (int group = 0; group < groups.size(); group++) {
      Group of = groups.get(group);
      for (int block = 0; block < of.blocks(); block++) {
        String name = "group%d.block%d".formatted(group + 1, block + 1);
        last = kind.add(to, name, last, of.width(), block == 0 ? of.stride() : 1);
      }
    }
    return last;
  }

  /** The graph that classifies by the means of a node's maps. */
  static ComputationGraphConfiguration classifier(
      BackboneBuilder maps,
      String last,
      int classes,
      Smoothing smoothing,
      Optimiser optimiser,
      WeightForm weights,
      long seed) {
    return new NeuralNetConfiguration.Builder()
        .seed(seed)
        .weightInit(new NormalDistribution(0, INITIAL_DEVIATION))
        .updater(optimiser.updater())
        .l2(optimiser.weightDecay())
        .graphBuilder()
        .addInputs("images")
        .addVertex(MAPS, maps.average(last, weights, optimiser), "images")
        .addLayer(
            "fc",
            new SparseDense.Builder(maps.size(last).channels(), classes).form(weights).build(),
            MAPS)
        .addLayer("classes", SoftmaxLoss.smoothing(smoothing), "fc")
        .setOutputs("classes")
        .build();
  }
}
