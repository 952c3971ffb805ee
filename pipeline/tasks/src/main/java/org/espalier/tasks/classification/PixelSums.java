package org.espalier.tasks.classification;

import org.espalier.datasets.PixelImages;
import org.espalier.datasets.rows.BytesColumn;
import org.espalier.datasets.rows.Rows;
import org.espalier.tasks.RowSums;

/** The sums of every pixel over all images, `[channels * height * width]`. */
record PixelSums() implements RowSums {
  private static final long serialVersionUID = 1L;

  @Override
  public long[] of(Rows rows) {
    BytesColumn images = PixelImages.pixels(rows);
    byte[] pixels = new byte[images.length(0)];
    long[] sums = new long[pixels.length];
    for (int row = 0; row < rows.count(); row++) {
      images.copy(row, pixels, 0);
      for (int i = 0; i < sums.length; i++) {
        sums[i] += pixels[i] & 0xFF;
      }
    }
    return sums;
  }
}
