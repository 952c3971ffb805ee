package org.espalier.wmt14;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.espalier.base.Reason;
import org.espalier.text.subwords.TokenCounts;
import scala.Tuple2;

/**
 * A Spark job that counts the tokens of text. A task holds the different tokens of its range, and
 * the driver all different ones.
 */
final class TokenCounting {
  private final JavaSparkContext spark;
  private final long bytesPerRange;

  TokenCounting(JavaSparkContext spark, long bytesPerRange) {
    this.spark = spark;
    this.bytesPerRange = bytesPerRange;
  }

  /** How often each token of both sides occurs. */
  Map<String, Long> count(ParallelFiles text) throws IOException {
    List<FileRange> ranges = new ArrayList<>();
    Stream.concat(text.sources().stream(), text.targets().stream())
        .forEach(file -> ranges.addAll(FileRange.of(ranges.size(), file, bytesPerRange)));
    Broadcast<SerializableConfiguration> hadoop =
        spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration()));
    spark.setJobDescription("Count tokens");
    try {
      return spark
          .parallelize(ranges, ranges.size())
          .flatMapToPair(range -> count(range, hadoop.value().value()))
          .reduceByKey(Long::sum)
          .collectAsMap();
    } catch (Exception e) {
      throw new IOException("Cannot count the tokens of the text: " + Reason.of(e) + ".", e);
    } finally {
      spark.setJobDescription(null);
      hadoop.destroy();
    }
  }

  private static Iterator<Tuple2<String, Long>> count(FileRange range, Configuration hadoop)
      throws IOException {
    TokenCounts counts = new TokenCounts();
    try (FileRange.Lines lines = range.open(hadoop)) {
      while (lines.next()) {
        counts.add(lines.line().sentence());
      }
    }
    return counts.byToken().entrySet().stream()
        .map(entry -> new Tuple2<>(entry.getKey(), entry.getValue()))
        .iterator();
  }
}
