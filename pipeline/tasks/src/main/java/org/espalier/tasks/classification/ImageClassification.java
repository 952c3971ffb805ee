package org.espalier.tasks.classification;

import java.util.Optional;
import org.espalier.base.settings.Keys;
import org.espalier.base.settings.Settings;
import org.espalier.datasets.Dataset;
import org.espalier.datasets.ImageShape;
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
 * as {@link PixelKeys} say and in training cropped and mirrored as {@link Augmentation} does, in
 * the layout that the network takes; labels are class numbers `[batch]`.
 *
 * @param layout of the features
 */
public record ImageClassification(PixelLayout layout) implements Task {
  /** The task of networks that take rows of values. */
  public ImageClassification() {
    this(PixelLayout.ROWS);
  }

  @Override
  public Keys keys() {
    return PixelKeys.all().and(Augmentation.keys());
  }

  @Override
  public RowKind rows(Dataset data) {
    return PixelImages.of(data);
  }

  @Override
  public void check(RowKind rows, Settings settings) {
    ImageShape shape = ((PixelImages) rows).shape();
    PixelKeys.check(settings, shape);
    Augmentation.check(settings, shape);
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
    return decoder((PixelImages) rows, settings, sums, batch, Augmentation.none());
  }

  @Override
  public MinibatchDecoder<?> trainingDecoder(
      RowKind rows, Settings settings, Optional<SplitSums> sums, int batch, long seed) {
    return decoder((PixelImages) rows, settings, sums, batch, Augmentation.of(settings, seed));
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
