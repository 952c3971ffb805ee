package org.espalier.imagenet;

import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/** Hadoop's configuration where tasks run. */
record SharedConfiguration(Broadcast<SerializableConfiguration> shared) implements Serializable {
  static SharedConfiguration of(JavaSparkContext spark) {
    return new SharedConfiguration(
        spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration())));
  }

  Configuration value() {
    return shared.value().value();
  }
}
