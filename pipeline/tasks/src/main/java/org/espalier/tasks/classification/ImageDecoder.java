package org.espalier.tasks.classification;

import org.espalier.datasets.PixelImages;
import org.espalier.datasets.batch.BatchRows;
import org.espalier.datasets.stream.BatchDecoder;
import org.espalier.tasks.classification.InputLayout;

/**
 * Turns rows of {@link PixelImages} into what a network takes.
 *
 * @param batch the most images of a batch
 * @param images what the rows are
 * @param layout of the network's input
 * @param scale of its values
 */
public record ImageDecoder(int batch, PixelImages images, InputLayout layout, PixelScale scale)
    implements BatchDecoder<ImageArrays> {
  @Override
  public ImageArrays allocate() {
    return new ImageArrays(layout.shape(batch, images.shape()), images);
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
