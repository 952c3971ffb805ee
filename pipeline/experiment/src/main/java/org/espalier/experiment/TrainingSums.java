package org.espalier.experiment;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.espalier.datasets.Dataset;
import org.espalier.datasets.RowGroupIndex;
import org.espalier.datasets.Split;
import org.espalier.datasets.rows.RowKind;
import org.espalier.datasets.shards.RowGroupCache;
import org.espalier.datasets.shards.SplitRows;
import org.espalier.tasks.RowSums;
import org.espalier.tasks.SplitSums;

/** Sums over the training split, computed as one Spark job: whole numbers, so in any order. */
record TrainingSums(
    JavaSparkContext spark,
    Broadcast<SerializableConfiguration> hadoop,
    Dataset dataset,
    RowKind kind) {

  SplitSums of(RowSums sums) {
    RowGroupIndex index = new RowGroupIndex(dataset.split(Split.TRAIN));
    List<Integer> groups = IntStream.range(0, index.groups()).boxed().toList();
    Broadcast<SerializableConfiguration> files = hadoop;
    Dataset data = dataset;
    RowKind rows = kind;
    long[] all =
        spark
            .parallelize(groups, Math.min(groups.size(), spark.defaultParallelism()))
            .map(group -> sums.of(split(data, rows, files.value().value()).group(group)))
            .reduce(TrainingSums::plus);
    return new SplitSums(index.rows(), all);
  }

  private static SplitRows split(Dataset dataset, RowKind kind, Configuration hadoop) {
    return new SplitRows(dataset, Split.TRAIN, kind, RowGroupCache.ofProcess(), hadoop);
  }

  private static long[] plus(long[] some, long[] others) {
    long[] sums = some.clone();
    for (int i = 0; i < sums.length; i++) {
      sums[i] += others[i];
    }
    return sums;
  }
}
