package org.espalier.tasks.classification;

import org.espalier.datasets.PixelImages;
import org.espalier.datasets.batch.BatchRows;
import org.espalier.tasks.MinibatchDecoder;

/**
 * Turns rows of {@link PixelImages} into what a network takes.
 *
 * @param batch the most images of a batch
 * @param images what the rows are
 * @param scale of the values
 */
record ImageDecoder(int batch, PixelImages images, PixelScale scale)
    implements MinibatchDecoder<ImageArrays> {
  private static final long serialVersionUID = 1L;

  @Override
  public ImageArrays allocate() {
    return new ImageArrays(batch, images.shape().bytes());
  }

  @Override
  public void decode(BatchRows rows, ImageArrays into) {
    into.fill(rows, scale);
  }

  @Override
  public void free(ImageArrays arrays) {
    arrays.close();
  }

  @Override
  public long bytes() {
    return (long) Float.BYTES * batch * (images.shape().bytes() + 1);
  }
}
