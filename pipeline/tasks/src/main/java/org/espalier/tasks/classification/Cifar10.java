package org.espalier.tasks.classification;

import java.util.Optional;
import org.espalier.datasets.ImageShape;
import org.espalier.datasets.PixelImages;
import org.espalier.datasets.rows.RowKind;

/** The images of CIFAR-10, for which the smaller residual networks were published. */
final class Cifar10 {
  private static final PixelImages IMAGES = new PixelImages(new ImageShape(3, 32, 32), 10);

  private Cifar10() {}

  static Optional<RowKind> rows() {
    return Optional.of(IMAGES);
  }
}
