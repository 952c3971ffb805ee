package org.espalier.imagenet;

import java.io.Serializable;
import java.util.List;
import org.espalier.base.Sha256;
import org.espalier.datasets.JpegImages;
import org.espalier.datasets.prepare.RowGroupSize;

/**
 * All that decides a shard's bytes beside its files.
 *
 * @param maxPixels of an image that is decoded
 */
record ShardOptions(JpegImages kind, StoredForm form, long maxPixels, RowGroupSize rowGroups)
    implements Serializable {
  /** Raised when the same options begin to give other bytes. */
  private static final int VERSION = 1;

  /** The options as a line for people, and for comparison. */
  String line() {
    return "version=%d form=%s maxPixels=%d rowsPerRowGroup=%d bytesPerRowGroup=%d classes=%s"
        .formatted(
            VERSION,
            form,
            maxPixels,
            rowGroups.rows(),
            rowGroups.bytes(),
            Sha256.of(bytes(kind.synsets())).substring(0, 16));
  }

  private static byte[] bytes(List<String> names) {
    return String.join("\n", names).getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }
}
