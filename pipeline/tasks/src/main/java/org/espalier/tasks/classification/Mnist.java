package org.espalier.tasks.classification;

import java.util.Optional;
import org.espalier.datasets.ImageShape;
import org.espalier.datasets.PixelImages;
import org.espalier.datasets.rows.RowKind;

/** The images of MNIST, for which the smaller networks were published. */
final class Mnist {
  private static final PixelImages IMAGES = new PixelImages(new ImageShape(1, 28, 28), 10);

  private Mnist() {}

  static Optional<RowKind> rows() {
    return Optional.of(IMAGES);
  }
}
