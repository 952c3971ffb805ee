package org.espalier.tasks.classification;

import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.espalier.base.settings.Keys;
import org.espalier.base.settings.Recipe;
import org.espalier.base.settings.Settings;
import org.espalier.datasets.ImageShape;
import org.espalier.datasets.JpegImages;
import org.espalier.datasets.rows.RowKind;
import org.espalier.engine.backbone.BackboneBuilder;
import org.espalier.engine.kernel.Smoothing;
import org.espalier.engine.optimiser.Optimiser;
import org.espalier.engine.optimiser.OptimiserKeys;
import org.espalier.engine.weights.WeightForm;
import org.espalier.tasks.NetworkModel;
import org.espalier.tasks.SmoothingKeys;
import org.espalier.tasks.TrainingKeys;
import org.espalier.tasks.classification.ResidualNetworks.Block;
import org.espalier.tasks.classification.ResidualNetworks.Group;

/**
 * ResNet-50 v1.5 (He et al. 2016, with the stride of a bottleneck in its 3x3 convolution), as the
 * paper trains it: 25,502,912 weights that can be sparsified of 25,557,032 parameters at 1,000
 * classes, beside 53,120 running moments.
 */
public final class ResNet50 implements ImageNetwork {
  private static final int STEM = 64;
  private static final int SIDE = 224;
  private static final int CLASSES = 1000;

  /** Pixels along a side for one of the last maps. */
  private static final int STRIDES = 32;

  private final Smoothing smoothing;
  private final int side;

  /** The network before it is told its settings. */
  public ResNet50() {
    this(Smoothing.NONE, SIDE);
  }

  private ResNet50(Smoothing smoothing, int side) {
    this.smoothing = smoothing;
    this.side = side;
  }

  @Override
  public String name() {
    return "resnet-50";
  }

  @Override
  public Keys keys() {
    return ImageNetwork.super.keys().and(SmoothingKeys.LABEL_SMOOTHING);
  }

  @Override
  public NetworkModel with(Settings settings) {
    return new ResNet50(
        SmoothingKeys.of(settings, Smoothing.Kind.EVERY_CLASS), settings.value(CropKeys.SIZE));
  }

  @Override
  public int leastSide() {
    return STRIDES;
  }

  /** The paper, section 6.2 of the released code's settings: 128,000 steps of 1,024 images. */
  @Override
  public Recipe recipe() {
    return Recipe.none()
        .with(TrainingKeys.BATCH, "1024")
        .with(TrainingKeys.EPOCHS, "102")
        .with(OptimiserKeys.RULE, "nesterov")
        .with(OptimiserKeys.LEARNING_RATE, "0.4")
        .with(OptimiserKeys.SCHEDULE, "piecewise")
        .with(OptimiserKeys.WARM_UP, "5 epochs")
        .with(OptimiserKeys.WEIGHT_DECAY, "1e-4")
        .with(SmoothingKeys.LABEL_SMOOTHING, "0.1");
  }

  /** ImageNet's classes, and its images as they are cropped. */
  @Override
  public Optional<RowKind> publishedRows() {
    return Optional.of(new CroppedImages(JpegImages.numbered(CLASSES), side));
  }

  @Override
  public ComputationGraphConfiguration graph(
      ImageShape image, int classes, Optimiser optimiser, WeightForm weights, long seed) {
    BackboneBuilder maps = ResidualNetworks.of(image);
    String stem = maps.convolve("stem", BackboneBuilder.IMAGES, STEM, 7, 2);
    String pooled = maps.maxPool("pool", maps.normaliseRectified("stem.norm", stem));
    String last =
        ResidualNetworks.groups(
            maps,
            pooled,
            Block.BOTTLENECK,
            List.of(
                new Group(3, STEM, 1),
                new Group(4, 2 * STEM, 2),
                new Group(6, 4 * STEM, 2),
                new Group(3, 8 * STEM, 2)));
    return ResidualNetworks.classifier(maps, last, classes, smoothing, optimiser, weights, seed);
  }
}
