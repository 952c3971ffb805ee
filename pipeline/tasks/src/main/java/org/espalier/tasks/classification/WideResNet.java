package org.espalier.tasks.classification;

import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.espalier.base.Refusal;
import org.espalier.base.settings.Key;
import org.espalier.base.settings.Keys;
import org.espalier.base.settings.Recipe;
import org.espalier.base.settings.Settings;
import org.espalier.base.settings.ValueKind;
import org.espalier.datasets.ImageShape;
import org.espalier.datasets.rows.RowKind;
import org.espalier.engine.backbone.BackboneBuilder;
import org.espalier.engine.kernel.Smoothing;
import org.espalier.engine.optimiser.Optimiser;
import org.espalier.engine.optimiser.OptimiserKeys;
import org.espalier.engine.weights.WeightForm;
import org.espalier.tasks.NetworkModel;
import org.espalier.tasks.TrainingKeys;
import org.espalier.tasks.classification.ResidualNetworks.Block;
import org.espalier.tasks.classification.ResidualNetworks.Group;

/**
 * A wide residual network for small images (Zagoruyko and Komodakis 2016), WRN-depth-width: three
 * groups of preactivated blocks with 16, 32 and 64 maps times the width.
 */
public final class WideResNet implements ImageNetwork {
  private static final Key<Integer> DEPTH =
      Key.of(
          "wrn.depth", ValueKind.smallNumber(10), "28", "convolutions of a wide ResNet: 6 n + 4");
  private static final Key<Integer> WIDTH =
      Key.of("wrn.width", ValueKind.smallNumber(1), "10", "how much wider than 16, 32 and 64 maps");
  private static final int STEM = 16;
  private static final int GROUPS = 3;

  private final int blocks;
  private final int width;

  /** The network before it is told its size. */
  public WideResNet() {
    this(0, 0);
  }

  private WideResNet(int blocks, int width) {
    this.blocks = blocks;
    this.width = width;
  }

  @Override
  public String name() {
    return "wrn";
  }

  @Override
  public Keys keys() {
    return ImageNetwork.super.keys().and(DEPTH, WIDTH);
  }

  @Override
  public NetworkModel with(Settings settings) {
    int depth = settings.value(DEPTH);
    if ((depth - 4) % (2 * GROUPS) != 0) {
      throw new Refusal(
          "Cannot build a wide ResNet of wrn.depth = %d: %d groups of blocks with two convolutions each have a depth of 6 n + 4, such as 16, 22 or 28."
              .formatted(depth, GROUPS));
    }
    return new WideResNet((depth - 4) / (2 * GROUPS), settings.value(WIDTH));
  }

  /** Zagoruyko and Komodakis (2016), section 3. */
  @Override
  public Recipe recipe() {
    return PixelKeys.cifar10(Recipe.none())
        .with(TrainingKeys.BATCH, "128")
        .with(TrainingKeys.EPOCHS, "200")
        .with(OptimiserKeys.RULE, "nesterov")
        .with(OptimiserKeys.LEARNING_RATE, "0.1")
        .with(OptimiserKeys.SCHEDULE, "piecewise")
        .with(OptimiserKeys.MILESTONES, "60 epochs, 120 epochs, 160 epochs")
        .with(OptimiserKeys.FACTORS, "0.2, 0.04, 0.008")
        .with(OptimiserKeys.WEIGHT_DECAY, "5e-4");
  }

  @Override
  public Optional<RowKind> publishedRows() {
    return Cifar10.rows();
  }

  @Override
  public ComputationGraphConfiguration graph(
      ImageShape image, int classes, Optimiser optimiser, WeightForm weights, long seed) {
    BackboneBuilder maps = ResidualNetworks.of(image).gain(ResidualNetworks.BEHIND_RELU);
    String stem = maps.convolve("stem", BackboneBuilder.IMAGES, STEM, 3, 1);
    String last =
        ResidualNetworks.groups(
            maps,
            stem,
            Block.PREACTIVATED,
            List.of(
                new Group(blocks, STEM * width, 1),
                new Group(blocks, 2 * STEM * width, 2),
                new Group(blocks, 4 * STEM * width, 2)));
    String active = maps.normaliseRectified("norm", last);
    return ResidualNetworks.classifier(
        maps, active, classes, Smoothing.NONE, optimiser, weights, seed);
  }
}
