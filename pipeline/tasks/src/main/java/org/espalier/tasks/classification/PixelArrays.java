package org.espalier.tasks.classification;

import java.io.IOException;
import org.espalier.datasets.ImageShape;
import org.espalier.datasets.PixelImages;
import org.espalier.datasets.batch.BatchRows;
import org.espalier.tasks.Minibatch;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** A minibatch of stored pixels, scaled and seen through a window. Used by one thread at a time. */
final class PixelArrays implements Minibatch, AutoCloseable {
  private final ImageArrays arrays;
  private final byte[] pixels;
  private final PixelWindow window;

  /** Arrays for batches of at most this many images. */
  PixelArrays(int images, ImageShape shape, PixelLayout layout) {
    this.arrays = new ImageArrays(images, shape, layout);
    this.pixels = new byte[shape.bytes()];
    this.window = new PixelWindow(shape.height(), shape.width());
  }

  void fill(BatchRows rows, ImageDecoder decoder) throws IOException {
    long key = decoder.augmentation().key(rows.epoch());
    window.whole();
    arrays.fill(
        rows.count(),
        (i, seen) -> read(rows, i, decoder, key, seen),
        i -> PixelImages.labels(rows.rows(i)).at(rows.index(i)));
  }

  private void read(BatchRows rows, int i, ImageDecoder decoder, long key, float[] seen) {
    PixelImages.pixels(rows.rows(i)).copy(rows.index(i), pixels, 0);
    if (!decoder.augmentation().isNone()) {
      decoder.augmentation().place(key, rows.number(i), window);
    }
    decoder.scale().apply(pixels, window, decoder.layout(), seen);
  }

  @Override
  public MultiDataSet arrays() {
    return arrays.arrays();
  }

  @Override
  public void close() {
    arrays.close();
  }
}
