package org.espalier.imagenet;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.espalier.datasets.Dataset;
import org.espalier.datasets.JpegImages;
import org.espalier.datasets.rows.Rows;
import org.espalier.datasets.shards.RowGroupCache;
import org.espalier.datasets.shards.SplitRows;

/** What a dataset holds, as somebody reads it who knows nothing of how it was made. */
record Prepared(Dataset dataset) {
  /** A row. */
  record Image(byte[] jpeg, int label, String synset, int width, int height) {}

  static Prepared at(Path folder) throws IOException {
    Dataset dataset = Dataset.open(folder.toString(), new Configuration());
    dataset.verify(new Configuration());
    return new Prepared(dataset);
  }

  /** The rows of a split by file name. */
  Map<String, Image> images(String split) throws IOException {
    JpegImages kind = JpegImages.of(dataset);
    SplitRows rows =
        new SplitRows(dataset, split, kind, new RowGroupCache(1 << 20), new Configuration());
    Map<String, Image> images = new TreeMap<>();
    for (int group = 0; group < rows.index().groups(); group++) {
      Rows some = rows.group(group);
      for (int row = 0; row < some.count(); row++) {
        byte[] jpeg = new byte[JpegImages.jpegs(some).length(row)];
        JpegImages.jpegs(some).copy(row, jpeg, 0);
        int label = JpegImages.labels(some).at(row);
        images.put(
            JpegImages.files(some).at(row),
            new Image(
                jpeg,
                label,
                some.texts("synset").at(row),
                JpegImages.widths(some).at(row),
                JpegImages.heights(some).at(row)));
      }
    }
    return images;
  }

  /** The reasons in {@code rejected.parquet}, by file. */
  static Map<String, String> rejected(Path file) throws IOException {
    Map<String, String> reasons = new TreeMap<>();
    try (ParquetReader<Group> reader =
        ParquetReader.builder(new GroupReadSupport(), new org.apache.hadoop.fs.Path(file.toUri()))
            .build()) {
      for (Group row = reader.read(); row != null; row = reader.read()) {
        reasons.put(row.getString("file", 0), row.getString("reason", 0));
      }
    }
    return reasons;
  }
}
