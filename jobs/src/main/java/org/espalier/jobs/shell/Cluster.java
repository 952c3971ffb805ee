package org.espalier.jobs.shell;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.espalier.engine.arithmetic.Arithmetic;
import org.espalier.engine.kernel.Kernels;

/** The Spark application of a job, with everything set that the arithmetic needs. */
public final class Cluster implements AutoCloseable {
  private final JavaSparkContext spark;

  private Cluster(JavaSparkContext spark) {
    this.spark = spark;
  }

  /** Starts Spark with these settings, for work on files. */
  public static Cluster forFiles(SparkConf settings) {
    return new Cluster(new JavaSparkContext(settings));
  }

  /**
   * Starts Spark with these settings, for training. {@link #prepareArithmetic} comes first, before
   * anything touches a network.
   */
  public static Cluster forTraining(SparkConf settings) {
    ClusterSettings.prepareArithmetic(settings);
    return new Cluster(new JavaSparkContext(settings));
  }

  /** Chooses what does the arithmetic on the driver, and says so. */
  public static void prepareArithmetic(SparkConf settings, Console console) {
    Arithmetic arithmetic = Arithmetic.prepare(settings.getInt("spark.task.cpus", 1));
    console.note(arithmetic.line());
    console.note(Kernels.chosen().line());
    arithmetic.warnings().forEach(console::note);
  }

  /** What the file systems are configured with, before Spark is there. */
  public static Configuration hadoop(SparkConf settings) {
    return SparkHadoopUtil.get().newConfiguration(settings);
  }

  /** The running application. */
  public JavaSparkContext spark() {
    return spark;
  }

  @Override
  public void close() {
    String application = spark.sc().applicationId();
    spark.stop();
    if (Boolean.getBoolean("espalier.embedded")) {
      deleteLogs(application);
    }
  }

  /** The embedded Spark would keep the logs of every executor of every job. */
  private static void deleteLogs(String application) {
    Path logs = Path.of(System.getenv("SPARK_HOME"), "work", application);
    if (!Files.isDirectory(logs)) {
      return;
    }
    try (Stream<Path> files = Files.walk(logs)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot delete the logs of " + application, e);
    }
  }
}
