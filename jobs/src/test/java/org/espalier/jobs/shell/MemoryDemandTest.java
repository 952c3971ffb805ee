package org.espalier.jobs.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.spark.SparkConf;
import org.espalier.averaging.footprint.RunFootprint;
import org.espalier.averaging.footprint.RunFootprint.Averaging;
import org.espalier.averaging.footprint.WorkerShape;
import org.espalier.base.Refusal;
import org.espalier.engine.replica.NetworkSize;
import org.espalier.jobs.shell.MemoryDemand.Machine;
import org.junit.jupiter.api.Test;

/** What Spark is told before executors start, and what people are told. */
class MemoryDemandTest {
  private static final NetworkSize LENET = new NetworkSize(266_610, 533_220, 3_556, 0, 0, 0);

  /** ResNet-50: its activations as worked out for a batch of 128, some 21 million an image. */
  private static final NetworkSize RESNET_50 =
      new NetworkSize(25_600_000, 25_600_000, 21_000_000, 0, 0, 0);

  private static final Machine LARGE = new Machine(8_192, 262_144);

  @Test
  void aSmallRunAsksForSparksOwnHeap() {
    SparkConf conf = settled(LENET, yarn(), LARGE);
    assertThat(conf.get("spark.executor.memory")).isEqualTo("1024m");
    assertThat(conf.get("spark.executor.memoryOverhead")).isEqualTo("704m");
  }

  @Test
  void resNet50AsksForItsActivationsBesideTheHeap() {
    SparkConf conf = settled(RESNET_50, yarn(), LARGE);
    assertThat(mebibytes(conf, "spark.executor.memory")).isBetween(1_024L, 2_048L);
    assertThat(mebibytes(conf, "spark.executor.memoryOverhead")).isBetween(10_240L, 13_312L);
  }

  @Test
  void limitsOfTheJvmAgreeWithTheContainer() {
    SparkConf conf = settled(RESNET_50, yarn(), LARGE);
    ClusterSettings.prepareArithmetic(conf);
    long natives = mebibytes(conf, "spark.executor.memoryOverhead") - 384;
    assertThat(conf.get("spark.executor.extraJavaOptions"))
        .contains("-Dorg.bytedeco.javacpp.maxbytes=" + natives + "m")
        .contains("-XX:MaxDirectMemorySize=" + natives + "m");
  }

  @Test
  void whatTheUserSaysStaysAndIsSaidToBeTooLittle() {
    SparkConf conf =
        yarn().set("spark.executor.memory", "512m").set("spark.executor.memoryOverhead", "2g");
    assertThat(demand(RESNET_50, conf, LARGE).warnings(conf))
        .containsExactly(
            "a run takes about 689 MiB of an executor's heap, which is 512 MiB; leave spark.executor.memory unset, or set 1088m.",
            "a run takes about 11,261 MiB of an executor's memory beside its heap, which is 2,048 MiB; leave spark.executor.memoryOverhead unset, or set 12480m.");
    assertThat(settled(RESNET_50, conf, LARGE).get("spark.executor.memory")).isEqualTo("512m");
  }

  @Test
  void theDriversHeapIsSaidToBeTooSmall() {
    SparkConf conf = settled(RESNET_50, yarn(), LARGE);
    assertThat(demand(RESNET_50, conf, new Machine(512, 262_144)).warnings(conf))
        .containsExactly(
            "a run takes about 778 MiB of the driver's heap, which is 512 MiB; start with ESPALIER_DRIVER_MEMORY=1216m (spark-submit: --driver-memory 1216m).");
  }

  @Test
  void aDriverThatIsItsOwnExecutorNeedsRoomForBoth() {
    SparkConf conf = new SparkConf(false).setMaster("local[2]");
    MemoryDemand demand = demand(RESNET_50, conf, new Machine(1_024, 8_192));
    assertThat(demand.warnings(conf))
        .hasSize(2)
        .anySatisfy(line -> assertThat(line).contains("of the driver's heap, which is 1,024 MiB"))
        .anySatisfy(line -> assertThat(line).contains("on this machine, which has 8,192 MiB"));
  }

  @Test
  void executorsOfThisMachineAreAddedUp() {
    SparkConf conf = new SparkConf(false).setMaster("local-cluster[4,1,2048]");
    conf.set("spark.executor.memory", "2048m").set("spark.executor.memoryOverhead", "20g");
    assertThat(demand(RESNET_50, conf, new Machine(2_048, 24_576)).warnings(conf))
        .hasSize(1)
        .first()
        .asString()
        .endsWith("on this machine, which has 24,576 MiB; use fewer executors or more machines.");
  }

  @Test
  void aVectorThatDoesNotFitIsRefused() {
    SparkConf conf = yarn();
    assertThatThrownBy(() -> settled(RESNET_50, conf, new Machine(128, 262_144)))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot train a run: one copy of its vector of 51,200,000 values takes 196 MiB and the driver's heap is 128 MiB; start with ESPALIER_DRIVER_MEMORY=1216m (spark-submit: --driver-memory 1216m).");
    conf.set("spark.executor.memory", "150m");
    assertThatThrownBy(() -> settled(RESNET_50, conf, LARGE))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("takes 196 MiB and an executor's heap is 150 MiB; leave spark");
  }

  private static SparkConf yarn() {
    return new SparkConf(false)
        .setMaster("yarn")
        .set("spark.executor.instances", "8")
        .set("spark.executor.cores", "4")
        .set("spark.task.cpus", "4");
  }

  private static MemoryDemand demand(NetworkSize size, SparkConf conf, Machine machine) {
    ExecutorShape shape = ExecutorShape.of(conf);
    WorkerShape workers = WorkerShape.of(8, 128, shape.executors(), shape.slots(conf));
    return new MemoryDemand(
        "a run", new RunFootprint(size, workers, Averaging.GRADIENTS, 0), shape, machine);
  }

  private static SparkConf settled(NetworkSize size, SparkConf conf, Machine machine) {
    MemoryDemand.settle(List.of(demand(size, conf, machine)), conf, new Console(new JobOptions()));
    return conf;
  }

  private static long mebibytes(SparkConf conf, String key) {
    return ClusterSettings.mebibytes(conf, key, "0");
  }
}
