package org.espalier.tasks.classification;

import java.util.Optional;
import org.espalier.base.settings.Keys;
import org.espalier.base.settings.Settings;
import org.espalier.datasets.Dataset;
import org.espalier.datasets.PixelImages;
import org.espalier.datasets.rows.RowKind;
import org.espalier.engine.replica.Judge;
import org.espalier.tasks.MinibatchDecoder;
import org.espalier.tasks.RowSums;
import org.espalier.tasks.SplitSums;
import org.espalier.tasks.Task;

/**
 * The task of telling which one of several classes an image belongs to. Features are pixels, scaled
 * as {@link PixelKeys} say, `[batch, channels * height * width]`; labels are class numbers
 * `[batch]`.
 */
public final class ImageClassification implements Task {
  @Override
  public Keys keys() {
    return PixelKeys.all();
  }

  @Override
  public RowKind rows(Dataset data) {
    return PixelImages.of(data);
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
    int divisor = settings.value(PixelKeys.DIVISOR);
    PixelScale scale =
        sums.map(of -> PixelScale.centred(divisor, of)).orElse(PixelScale.dividing(divisor));
    return new ImageDecoder(batch, (PixelImages) rows, scale);
  }

  @Override
  public Judge judge() {
    return new ClassJudge();
  }
}
