package org.espalier.datasets.idx;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.espalier.base.Refusal;
import org.espalier.datasets.PixelImages;
import org.espalier.datasets.RowRange;
import org.espalier.datasets.source.RowSink;

/** The images of a split and their labels, equally many. */
record IdxSplit(IdxFile images, IdxFile labels) implements Serializable {

  static IdxSplit check(Path images, Path labels, PixelImages kind, Configuration hadoop) {
    IdxFile checkedLabels =
        IdxFile.check(
            labels,
            List.of(),
            hadoop,
            (bytes, length, at) -> {
              for (int i = 0; i < length; i++) {
                refuseUnknownClass(labels, Byte.toUnsignedInt(bytes[i]), at + i, kind.classes());
              }
            });
    IdxFile checkedImages =
        IdxFile.check(
            images,
            List.of(kind.shape().height(), kind.shape().width()),
            hadoop,
            (bytes, length, at) -> {});
    if (checkedImages.items() != checkedLabels.items()) {
      throw new Refusal(
          "Cannot pair "
              + images
              + " with "
              + labels
              + ": there are "
              + checkedImages.items()
              + " images and "
              + checkedLabels.items()
              + " labels; use two files of the same split.");
    }
    return new IdxSplit(checkedImages, checkedLabels);
  }

  void read(RowRange range, Configuration hadoop, RowSink sink) throws IOException {
    byte[] pixels = new byte[images.itemBytes()];
    try (InputStream imageBytes = images.open(range.from(), hadoop);
        InputStream labelBytes = labels.open(range.from(), hadoop)) {
      for (long row = range.from(); row < range.to(); row++) {
        int label = labelBytes.read();
        if (label < 0 || imageBytes.readNBytes(pixels, 0, pixels.length) < pixels.length) {
          throw new IOException(
              "Cannot read row " + row + " of " + images.path() + ": it changed since its check");
        }
        sink.accept(PixelImages.row(pixels, label));
      }
    }
  }

  private static void refuseUnknownClass(Path labels, int label, long at, int classes) {
    if (label >= classes) {
      throw new Refusal(
          "Cannot use the IDX file "
              + labels
              + ": label "
              + at
              + " is "
              + label
              + " instead of 0 to "
              + (classes - 1)
              + "; download or copy it again.");
    }
  }
}
