package org.espalier.tasks.classification;

import java.io.IOException;
import org.espalier.datasets.PixelImages;
import org.espalier.datasets.batch.BatchRows;
import org.espalier.tasks.MinibatchDecoder;

/**
 * Turns rows of {@link PixelImages} into what a network takes.
 *
 * @param batch the most images of a batch
 * @param images what the rows are
 * @param layout of the network's input
 * @param scale of the values
 * @param augmentation of the images
 */
record ImageDecoder(
    int batch, PixelImages images, PixelLayout layout, PixelScale scale, Augmentation augmentation)
    implements MinibatchDecoder<PixelArrays> {
  private static final long serialVersionUID = 1L;

  @Override
  public PixelArrays allocate() {
    return new PixelArrays(batch, images.shape(), layout);
  }

  @Override
  public void decode(BatchRows rows, PixelArrays into) throws IOException {
    into.fill(rows, this);
  }

  @Override
  public void free(PixelArrays arrays) {
    arrays.close();
  }

  @Override
  public long bytes() {
    return (long) Float.BYTES * batch * (images.shape().bytes() + 1);
  }
}
