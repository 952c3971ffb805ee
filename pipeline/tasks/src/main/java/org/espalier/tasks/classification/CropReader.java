package org.espalier.tasks.classification;

import java.io.IOException;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.espalier.datasets.JpegImages;
import org.espalier.datasets.batch.BatchRows;
import org.espalier.datasets.rows.BytesColumn;
import org.espalier.images.CropDecoder;
import org.espalier.images.ImageHeader;
import org.espalier.images.UnreadableImageException;

/**
 * A decoder of crops with the memory that it needs, some 15 MB for images of ImageNet's size. The
 * process keeps as many as have decoded at a time. Used by one thread at a time.
 */
final class CropReader {
  private static final ConcurrentLinkedDeque<CropReader> IDLE = new ConcurrentLinkedDeque<>();

  private final CropDecoder decoder = new CropDecoder();
  private byte[] file = {};
  private float[] rgb = {};

  private CropReader() {}

  /** One that nobody uses. */
  static CropReader take() {
    CropReader idle = IDLE.pollLast();
    return idle == null ? new CropReader() : idle;
  }

  /** Leaves it to others. */
  void giveBack() {
    IDLE.addLast(this);
  }

  /**
   * Reads a row's image as it is seen.
   *
   * @param seen filled in the order of the layout
   * @throws IOException if it cannot be decoded, in a sentence that names file and row
   */
  void read(BatchRows rows, int i, CropBatchDecoder how, float[] seen) throws IOException {
    BytesColumn jpegs = JpegImages.jpegs(rows.rows(i));
    int length = jpegs.length(rows.index(i));
    int side = how.images().side();
    if (file.length < length) {
      file = new byte[length];
    }
    if (rgb.length < seen.length) {
      rgb = new float[seen.length];
    }
    jpegs.copy(rows.index(i), file, 0);
    try {
      ImageHeader header = decoder.header(file, length);
      ImageView view = how.crop().of(rows.epoch(), rows.number(i), header.width(), header.height());
      decoder.decode(file, length, header, view.region(), side, rgb);
      how.scale().apply(rgb, view.mirrored(), how.layout(), seen);
    } catch (UnreadableImageException e) {
      throw new IOException(
          "Cannot decode the image %s, row %d of its split: %s; prepare the dataset again, which leaves such files out."
              .formatted(
                  JpegImages.files(rows.rows(i)).at(rows.index(i)), rows.number(i), e.getMessage()),
          e);
    }
  }
}
