package org.espalier.tasks.classification;

import java.util.Optional;
import org.espalier.base.settings.Keys;
import org.espalier.base.settings.Recipe;
import org.espalier.base.settings.Settings;
import org.espalier.datasets.Dataset;
import org.espalier.datasets.ImageShape;
import org.espalier.datasets.JpegImages;
import org.espalier.datasets.LabelledImages;
import org.espalier.datasets.PixelImages;
import org.espalier.datasets.rows.RowKind;
import org.espalier.engine.replica.Judge;
import org.espalier.engine.replica.Observer;
import org.espalier.tasks.MinibatchDecoder;
import org.espalier.tasks.Predictions;
import org.espalier.tasks.RowSums;
import org.espalier.tasks.SplitSums;
import org.espalier.tasks.Task;

/**
 * The task of telling which one of several classes an image belongs to. Features are pixels, scaled
 * as {@link PixelKeys} say, in the layout that the network takes; labels are class numbers
 * `[batch]`. Stored pixels are seen whole, and in training cropped and mirrored as {@link
 * Augmentation} does; of JPEG images a {@link RandomCrop} is seen in training and a {@link
 * CentreCrop} in evaluation.
 *
 * @param layout of the features
 * @param leastSide of the images that the network takes, in pixels
 */
public record ImageClassification(PixelLayout layout, int leastSide) implements Task {
  /** The task of networks that take rows of values. */
  public ImageClassification() {
    this(PixelLayout.ROWS, 1);
  }

  @Override
  public Keys keys() {
    return Keys.of(CropKeys.SIZE).and(PixelKeys.all()).and(Augmentation.keys());
  }

  @Override
  public LabelledImages rows(Dataset data, Settings settings) {
    return JpegImages.areIn(data)
        ? new CroppedImages(JpegImages.of(data), settings.value(CropKeys.SIZE))
        : PixelImages.of(data);
  }

  @Override
  public Recipe recipe(Dataset data) {
    return JpegImages.areIn(data) ? CropKeys.recipe() : Recipe.none();
  }

  @Override
  public void check(RowKind rows, Settings settings) {
    ImageShape shape = ((LabelledImages) rows).shape();
    PixelKeys.check(settings, shape);
    if (rows instanceof CroppedImages) {
      CropKeys.check(settings, leastSide);
    } else {
      CropKeys.refuseFor(rows, settings);
      Augmentation.check(settings, shape);
    }
  }

  @Override
  public Optional<RowSums> sums(Settings settings) {
    return settings.value(PixelKeys.CENTRE) == Centre.MEAN_IMAGE
        ? Optional.of(new PixelSums())
        : Optional.empty();
  }

  @Override
  public MinibatchDecoder<?> decoder(
      RowKind rows, Settings settings, Optional<SplitSums> sums, int batch) {
    return rows instanceof CroppedImages images
        ? decoder(images, settings, batch, new CentreCrop(images.side()))
        : decoder((PixelImages) rows, settings, sums, batch, Augmentation.none());
  }

  @Override
  public MinibatchDecoder<?> trainingDecoder(
      RowKind rows, Settings settings, Optional<SplitSums> sums, int batch, long seed) {
    return rows instanceof CroppedImages images
        ? decoder(images, settings, batch, randomCrop(images, settings, seed))
        : decoder((PixelImages) rows, settings, sums, batch, Augmentation.of(settings, seed));
  }

  private static Crop randomCrop(CroppedImages images, Settings settings, long seed) {
    return new RandomCrop(seed, new CentreCrop(images.side()), settings.value(Augmentation.FLIP));
  }

  private CropBatchDecoder decoder(CroppedImages images, Settings settings, int batch, Crop crop) {
    return new CropBatchDecoder(batch, images, layout, ChannelScale.of(settings, images), crop);
  }

  private ImageDecoder decoder(
      PixelImages images,
      Settings settings,
      Optional<SplitSums> sums,
      int batch,
      Augmentation augmentation) {
    PixelScale scale = PixelScale.of(settings, images.shape(), sums);
    return new ImageDecoder(batch, images, layout, scale, augmentation);
  }

  @Override
  public Judge judge() {
    return new ClassJudge();
  }

  @Override
  public Optional<Observer<Predictions>> predictions() {
    return Optional.of(new ClassObserver());
  }
}
