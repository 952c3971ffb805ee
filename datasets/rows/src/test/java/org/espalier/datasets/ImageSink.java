package org.espalier.datasets;

import java.io.IOException;
import org.espalier.datasets.source.RowSink;

/** Takes the images that a source reads. */
@FunctionalInterface
public interface ImageSink {
  void accept(byte[] pixels, int label) throws IOException;

  static RowSink of(ImageSink images) {
    return row -> images.accept((byte[]) row.values().get(0), (Integer) row.values().get(1));
  }
}
