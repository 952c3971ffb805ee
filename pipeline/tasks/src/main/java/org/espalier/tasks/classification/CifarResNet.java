package org.espalier.tasks.classification;

import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.espalier.base.settings.Recipe;
import org.espalier.datasets.ImageShape;
import org.espalier.datasets.rows.RowKind;
import org.espalier.engine.backbone.BackboneBuilder;
import org.espalier.engine.kernel.Smoothing;
import org.espalier.engine.optimiser.Optimiser;
import org.espalier.engine.optimiser.OptimiserKeys;
import org.espalier.engine.weights.WeightForm;
import org.espalier.tasks.TrainingKeys;
import org.espalier.tasks.classification.ResidualNetworks.Block;
import org.espalier.tasks.classification.ResidualNetworks.Group;

/**
 * ResNet-20 for small images (He et al. 2016, section 4.2): three groups of three basic blocks with
 * 16, 32 and 64 maps. Shortcuts between groups are projections.
 */
public final class CifarResNet implements ImageNetwork {
  private static final int STEM = 16;
  private static final int BLOCKS = 3;

  @Override
  public String name() {
    return "resnet-20";
  }

  /** He et al. (2016), section 4.2: 64,000 steps of 128 images. */
  @Override
  public Recipe recipe() {
    return PixelKeys.cifar10(Recipe.none())
        .with(TrainingKeys.BATCH, "128")
        .with(TrainingKeys.EPOCHS, "164")
        .with(OptimiserKeys.RULE, "nesterov")
        .with(OptimiserKeys.LEARNING_RATE, "0.1")
        .with(OptimiserKeys.SCHEDULE, "piecewise")
        .with(OptimiserKeys.MILESTONES, "82 epochs, 123 epochs")
        .with(OptimiserKeys.FACTORS, "0.1, 0.01")
        .with(OptimiserKeys.WEIGHT_DECAY, "1e-4");
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
            maps.normaliseRectified("stem.norm", stem),
            Block.BASIC,
            List.of(
                new Group(BLOCKS, STEM, 1),
                new Group(BLOCKS, 2 * STEM, 2),
                new Group(BLOCKS, 4 * STEM, 2)));
    return ResidualNetworks.classifier(
        maps, last, classes, Smoothing.NONE, optimiser, weights, seed);
  }
}
