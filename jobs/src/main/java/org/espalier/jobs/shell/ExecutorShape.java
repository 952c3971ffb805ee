package org.espalier.jobs.shell;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;

/**
 * The executors that Spark's settings ask for.
 *
 * @param executors number of them; 1, which then carries all workers, where it is not known
 * @param cores of each; those of one task where they are not known
 * @param place where they run
 * @param certain whether number and cores are what the settings say
 */
record ExecutorShape(int executors, int cores, Place place, boolean certain) {
  /** Where executors run. */
  enum Place {
    /** In the driver's process. */
    DRIVER,
    /** On the driver's machine. */
    MACHINE,
    /** On other machines. */
    CLUSTER
  }

  private static final Pattern LOCAL = Pattern.compile("local\\[\\s*(\\*|\\d+)\\s*(?:,.*)?]");
  private static final int USUAL_EXECUTORS = 2;

  static ExecutorShape of(SparkConf conf) {
    String master = conf.get("spark.master");
    Matcher local = LOCAL.matcher(master);
    if (local.matches()) {
      String cores = local.group(1);
      int count =
          cores.equals("*") ? Runtime.getRuntime().availableProcessors() : Integer.parseInt(cores);
      return new ExecutorShape(1, count, Place.DRIVER, true);
    }
    if (master.equals("local")) {
      return new ExecutorShape(1, 1, Place.DRIVER, false);
    }
    return LocalCluster.of(master)
        .map(
            cluster -> new ExecutorShape(cluster.executors(), cluster.cores(), Place.MACHINE, true))
        .orElseGet(() -> asked(conf, master.startsWith("yarn") || master.startsWith("k8s")));
  }

  private static ExecutorShape asked(SparkConf conf, boolean managed) {
    boolean coming = conf.getBoolean("spark.dynamicAllocation.enabled", false);
    boolean certain =
        !coming
            && conf.contains("spark.executor.instances")
            && conf.contains("spark.executor.cores");
    int executors =
        coming ? 1 : conf.getInt("spark.executor.instances", managed ? USUAL_EXECUTORS : 1);
    int cores = conf.getInt("spark.executor.cores", managed ? 1 : taskCores(conf));
    return new ExecutorShape(executors, cores, Place.CLUSTER, certain);
  }

  /** Tasks that an executor runs at a time. */
  int slots(SparkConf conf) {
    return Math.max(1, cores / taskCores(conf));
  }

  /** The most threads that each of the workers can have while all of them still run at a time. */
  int threads(int workers) {
    int threads = 1;
    for (int more = 2; more <= cores; more++) {
      if (executors * (cores / more) >= workers) {
        threads = more;
      }
    }
    return threads;
  }

  private static int taskCores(SparkConf conf) {
    return conf.getInt("spark.task.cpus", 1);
  }
}
