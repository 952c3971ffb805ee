package org.espalier.experiment;

import java.time.Duration;
import java.time.Instant;
import org.apache.spark.api.java.JavaSparkContext;
import org.espalier.results.Execution;
import org.espalier.results.RunPart;

/**
 * The part of a run that this driver computes.
 *
 * @param spark the cluster
 * @param started when the part began
 * @param firstStep number of steps done before it
 */
record RunningPart(JavaSparkContext spark, Instant started, long firstStep) {

  /** The part as it is now, after this many steps of the run. */
  RunPart upTo(long step) {
    int executors = Math.max(1, spark.sc().getExecutorMemoryStatus().size() - 1);
    double seconds = Duration.between(started, Instant.now()).toMillis() / 1000.0;
    return new RunPart(
        CodeVersion.current(),
        RunPlatform.current(spark.version()),
        new Execution(started, seconds, spark.master(), executors),
        firstStep,
        step);
  }
}
