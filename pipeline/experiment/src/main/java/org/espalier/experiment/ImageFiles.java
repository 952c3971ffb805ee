package org.espalier.experiment;

import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.espalier.datasets.Dataset;
import org.espalier.datasets.LabelledImages;
import org.espalier.datasets.Split;
import org.espalier.datasets.shards.RowGroupCache;
import org.espalier.datasets.shards.SplitRows;

/**
 * The names of the files that the rows of a test split were made of.
 *
 * @param images what the rows are
 */
record ImageFiles(SplitRows rows, LabelledImages images) {

  static ImageFiles of(Dataset data, LabelledImages images, Configuration hadoop) {
    return new ImageFiles(
        new SplitRows(data, Split.TEST, images, RowGroupCache.ofProcess(), hadoop), images);
  }

  /** The name of the file of the row of this number in the split, where it has one. */
  Optional<String> of(long number) throws IOException {
    int group = rows.index().groupOf(number);
    int row = (int) (number - rows.index().firstRow(group));
    return images.file(rows.group(group), row);
  }
}
