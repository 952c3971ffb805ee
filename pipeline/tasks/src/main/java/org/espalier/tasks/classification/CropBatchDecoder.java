package org.espalier.tasks.classification;

import java.io.IOException;
import org.espalier.datasets.JpegImages;
import org.espalier.datasets.batch.BatchRows;
import org.espalier.tasks.MinibatchDecoder;

/**
 * Turns rows of {@link JpegImages} into what a network takes.
 *
 * @param batch the most images of a batch
 * @param images what the rows are, and the size of the crops
 * @param layout of the network's input
 * @param scale of the values
 * @param crop what is seen of an image
 */
record CropBatchDecoder(
    int batch, CroppedImages images, PixelLayout layout, ChannelScale scale, Crop crop)
    implements MinibatchDecoder<ImageArrays> {
  private static final long serialVersionUID = 1L;

  @Override
  public ImageArrays allocate() {
    return new ImageArrays(batch, images.shape(), layout);
  }

  @Override
  public void decode(BatchRows rows, ImageArrays into) throws IOException {
    CropReader reader = CropReader.take();
    try {
      into.fill(
          rows.count(),
          (i, seen) -> reader.read(rows, i, this, seen),
          i -> JpegImages.labels(rows.rows(i)).at(rows.index(i)));
    } finally {
      reader.giveBack();
    }
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
