package org.espalier.averaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import org.junit.jupiter.api.Test;
import scala.collection.JavaConverters;

class WorkerDataTest {
  @Test
  void everyWorkerIsInOnePartitionAndEveryPartitionHasItsPlace() {
    SparkConf conf =
        new SparkConf()
            .setMaster("local[2]")
            .setAppName("worker data")
            .set("spark.ui.enabled", "false")
            .set("spark.driver.host", "127.0.0.1");
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      WorkerData data = WorkerData.opened(spark, 5, worker -> step -> null);
      List<String> places = List.of("executor_a_1", "executor_b_2");
      JavaRDD<Worker> shared = data.shared(places);
      assertThat(shared.map(Worker::number).glom().collect())
          .containsExactly(List.of(0, 2, 4), List.of(1, 3));
      RDD<?> placed = shared.rdd().dependencies().head().rdd();
      for (int i = 0; i < 2; i++) {
        assertThat(JavaConverters.seqAsJavaList(placed.preferredLocations(placed.partitions()[i])))
            .containsExactly(places.get(i));
      }
      assertThat(data.shared(List.of("a", "a", "b", "b", "c", "c")).getNumPartitions())
          .isEqualTo(5);
    }
  }
}
