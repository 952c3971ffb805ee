package org.espalier.tasks.classification;

import org.espalier.datasets.ImageShape;

/** The shape in which a network takes a batch of images. */
public enum InputLayout {
  /** `[batch, channels * height * width]`. */
  FLAT {
    @Override
    public long[] shape(int batch, ImageShape image) {
      return new long[] {batch, image.bytes()};
    }
  },
  /** `[batch, channels, height, width]`. */
  IMAGE {
    @Override
    public long[] shape(int batch, ImageShape image) {
      return new long[] {batch, image.channels(), image.height(), image.width()};
    }
  };

  /** The array shape of {@code batch} images. */
  public abstract long[] shape(int batch, ImageShape image);
}
