package org.espalier.experiment;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.espalier.datasets.Dataset;
import org.espalier.datasets.PixelImages;
import org.espalier.datasets.RowGroupIndex;
import org.espalier.datasets.Split;
import org.espalier.datasets.rows.BytesColumn;
import org.espalier.datasets.rows.Rows;
import org.espalier.datasets.shards.RowGroupCache;
import org.espalier.datasets.shards.SplitRows;

/**
 * The mean of all training images, computed as one Spark job. Pixels are summed as whole numbers,
 * so the mean has the same bits on every cluster.
 */
record MeanImage(
    JavaSparkContext spark, Broadcast<SerializableConfiguration> hadoop, Dataset dataset) {

  /** `[channels * height * width]`, in pixels over {@code divisor}. */
  float[] dividedBy(int divisor) {
    RowGroupIndex index = new RowGroupIndex(dataset.split(Split.TRAIN));
    List<Integer> groups = IntStream.range(0, index.groups()).boxed().toList();
    Broadcast<SerializableConfiguration> files = hadoop;
    Dataset images = dataset;
    long[] sums =
        spark
            .parallelize(groups, Math.min(groups.size(), spark.defaultParallelism()))
            .map(group -> sums(rows(images, files), group))
            .reduce(MeanImage::plus);
    float[] mean = new float[sums.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (float) (sums[i] / ((double) index.rows() * divisor));
    }
    return mean;
  }

  private static SplitRows rows(Dataset dataset, Broadcast<SerializableConfiguration> hadoop) {
    return new SplitRows(
        dataset,
        Split.TRAIN,
        PixelImages.of(dataset),
        RowGroupCache.ofProcess(),
        hadoop.value().value());
  }

  private static long[] sums(SplitRows split, int group) throws IOException {
    Rows rows = split.group(group);
    BytesColumn images = PixelImages.pixels(rows);
    byte[] pixels = new byte[images.length(0)];
    long[] sums = new long[pixels.length];
    for (int row = 0; row < rows.count(); row++) {
      images.copy(row, pixels, 0);
      for (int i = 0; i < sums.length; i++) {
        sums[i] += pixels[i] & 0xFF;
      }
    }
    return sums;
  }

  private static long[] plus(long[] some, long[] others) {
    long[] sums = some.clone();
    for (int i = 0; i < sums.length; i++) {
      sums[i] += others[i];
    }
    return sums;
  }
}
