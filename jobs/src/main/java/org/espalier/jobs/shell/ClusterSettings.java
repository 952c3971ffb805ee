package org.espalier.jobs.shell;

import org.apache.spark.SparkConf;
import org.apache.spark.network.util.JavaUtils;
import org.espalier.averaging.EspalierPlugin;
import org.espalier.averaging.OwnProperties;

/**
 * Spark's properties for a job: what the user says, and what he leaves open as Espalier needs it.
 */
public final class ClusterSettings {
  /** Heap of an executor. */
  static final String MEMORY = "spark.executor.memory";

  /** Memory of an executor's container beside its heap. */
  static final String OVERHEAD = "spark.executor.memoryOverhead";

  /** Memory that the JVM needs for itself. */
  static final long JVM_MIB = 384;

  private static final long SMALLEST_NATIVE_MIB = 64;

  private ClusterSettings() {}

  /**
   * The settings of an application.
   *
   * @param options what the user asks for
   * @param defaultMaster where it runs if neither he nor spark-submit says so
   * @throws org.espalier.base.Refusal if a property of Espalier's own has no such name or value
   */
  public static SparkConf of(String application, JobOptions options, String defaultMaster) {
    SparkConf conf = new SparkConf().setAppName(application);
    options.sparkConf().forEach(conf::set);
    OwnProperties.check(conf);
    if (options.master() != null) {
      conf.setMaster(options.master());
    } else {
      conf.setIfMissing("spark.master", defaultMaster);
    }
    LocalCluster.of(conf.get("spark.master"))
        .ifPresent(local -> conf.setIfMissing(MEMORY, local.memoryMib() + "m"));
    if (Boolean.getBoolean("espalier.embedded")) {
      staysOnThisMachine(conf);
    }
    outlastsSleep(conf);
    shortTasks(conf);
    return conf;
  }

  /**
   * Workers fewer than the cores of all executors get more threads each, unless the user said how
   * many: with one core per task the others would have nothing to do. All workers still run at a
   * time. Left alone where number and cores of the executors are not known.
   */
  public static void shareCores(SparkConf conf, int workers) {
    ExecutorShape shape = ExecutorShape.of(conf);
    if (shape.certain()) {
      conf.setIfMissing("spark.task.cpus", Integer.toString(shape.threads(workers)));
    }
  }

  /** Adds what the arithmetic needs on executors, computed from their size. */
  static void prepareArithmetic(SparkConf conf) {
    sizeExecutors(conf);
    conf.set("spark.plugins", with(conf.get("spark.plugins", ""), EspalierPlugin.class.getName()));
  }

  private static void staysOnThisMachine(SparkConf conf) {
    conf.setIfMissing("spark.driver.host", "127.0.0.1");
    conf.setIfMissing("spark.driver.bindAddress", "127.0.0.1");
    conf.setIfMissing("spark.ui.enabled", "false");
  }

  /** A machine that slept for minutes has not lost the executor that is the driver itself. */
  static void outlastsSleep(SparkConf conf) {
    if (conf.get("spark.master").matches("local(\\[.*])?")) {
      conf.setIfMissing("spark.network.timeout", "24h");
    }
  }

  /**
   * Native memory is what the container has beside the heap, less what the JVM needs for itself; as
   * much as the heap where nobody has said how much that is. JavaCPP's other limit, on the process,
   * reads {@code /proc} at every allocation, and is off.
   */
  private static void sizeExecutors(SparkConf conf) {
    long heap = mebibytes(conf, MEMORY, "1g");
    conf.setIfMissing(OVERHEAD, heap + JVM_MIB + "m");
    long off = Math.max(SMALLEST_NATIVE_MIB, mebibytes(conf, OVERHEAD, "0") - JVM_MIB);
    String options =
        "-Dorg.bytedeco.javacpp.maxbytes=%dm -Dorg.bytedeco.javacpp.maxphysicalbytes=0 -XX:MaxDirectMemorySize=%dm --add-modules=jdk.incubator.vector -XX:-UsePerfData -XX:+UseParallelGC"
            .formatted(off, Math.max(heap, off));
    conf.set(
        "spark.executor.extraJavaOptions",
        (options + " " + conf.get("spark.executor.extraJavaOptions", "")).strip());
    conf.setIfMissing("spark.executorEnv.OMP_NUM_THREADS", conf.get("spark.task.cpus", "1"));
  }

  /** A size that Spark's settings give, in MiB where they name no unit. */
  static long mebibytes(SparkConf conf, String key, String otherwise) {
    return JavaUtils.byteStringAsMb(conf.get(key, otherwise));
  }

  /** A round is a job of short tasks that carry floats, which do not compress. */
  private static void shortTasks(SparkConf conf) {
    conf.setIfMissing("spark.locality.wait", "0s");
    conf.setIfMissing("spark.shuffle.compress", "false");
    conf.setIfMissing("spark.broadcast.compress", "false");
    conf.setIfMissing("spark.shuffle.file.buffer", "1m");
    conf.setIfMissing("spark.task.maxDirectResultSize", "16m");
    conf.setIfMissing("spark.driver.maxResultSize", "4g");
  }

  private static String with(String list, String item) {
    return list.isEmpty() ? item : list + "," + item;
  }
}
