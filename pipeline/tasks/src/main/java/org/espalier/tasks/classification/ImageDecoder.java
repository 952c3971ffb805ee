package org.espalier.tasks.classification;

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
    implements MinibatchDecoder<ImageArrays> {
  private static final long serialVersionUID = 1L;

  @Override
  public ImageArrays allocate() {
    return new ImageArrays(batch, images.shape(), layout);
  }

  @Override
  public void decode(BatchRows rows, ImageArrays into) {
    into.fill(rows, this);
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
