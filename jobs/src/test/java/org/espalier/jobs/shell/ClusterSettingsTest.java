package org.espalier.jobs.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterSettingsTest {
  private static final String THREADS = "spark.task.cpus";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "local[8] | 1 | 8",
        "local[8] | 3 | 2",
        "local[ 4 , 2 ] | 2 | 2",
        "local[2] | 8 | 1",
        "local-cluster[1,8,1024] | 1 | 8",
        "local-cluster[2,8,1024] | 8 | 2",
        "local-cluster[3,8,1024] | 8 | 2",
        "local-cluster[8,1,1024] | 8 | 1"
      })
  void coresAreSharedAmongTheWorkersSoThatAllRunAtATime(
      String master, int workers, String threads) {
    assertThat(shared(master, workers).get(THREADS)).isEqualTo(threads);
  }

  @Test
  void allCoresOfTheMachineAreShared() {
    assertThat(shared("local[*]", 1).get(THREADS))
        .isEqualTo(Integer.toString(Runtime.getRuntime().availableProcessors()));
  }

  @ParameterizedTest
  @CsvSource({"local", "yarn", "spark://host:7077"})
  void executorsOfUnknownNumberAreLeftAlone(String master) {
    assertThat(shared(master, 1).contains(THREADS)).isFalse();
  }

  @Test
  void executorsThatAreAskedForShareTheirCores() {
    SparkConf conf =
        new SparkConf(false)
            .setMaster("yarn")
            .set("spark.executor.instances", "4")
            .set("spark.executor.cores", "16");
    ClusterSettings.shareCores(conf, 8);
    assertThat(conf.get(THREADS)).isEqualTo("8");
    conf.remove(THREADS).set("spark.dynamicAllocation.enabled", "true");
    ClusterSettings.shareCores(conf, 8);
    assertThat(conf.contains(THREADS)).isFalse();
  }

  @Test
  void whatTheUserSaysStays() {
    SparkConf conf = new SparkConf(false).setMaster("local[8]").set(THREADS, "3");
    ClusterSettings.shareCores(conf, 1);
    assertThat(conf.get(THREADS)).isEqualTo("3");
  }

  @ParameterizedTest
  @CsvSource({
    "local, 24h",
    "local[*], 24h",
    "'local[2,3]', 24h",
    "'local-cluster[1,8,1024]', 120s",
    "yarn, 120s"
  })
  void onlyADriverThatIsItsOwnExecutorMaySleep(String master, String timeout) {
    SparkConf conf = new SparkConf(false).setMaster(master);
    ClusterSettings.outlastsSleep(conf);
    assertThat(conf.get("spark.network.timeout", "120s")).isEqualTo(timeout);
  }

  private static SparkConf shared(String master, int workers) {
    SparkConf conf = new SparkConf(false).setMaster(master);
    ClusterSettings.shareCores(conf, workers);
    return conf;
  }
}
