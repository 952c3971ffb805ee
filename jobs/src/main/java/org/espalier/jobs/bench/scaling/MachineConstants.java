package org.espalier.jobs.bench.scaling;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The speeds of one core, and of Spark, that the simulation is told. Bytes are those of float32
 * values, counted once whatever is read and written for them.
 *
 * @param messageSeconds time that one end of a message takes, whatever its length
 * @param socketBytesPerSecond bytes that one end of a message puts into a socket or takes from it
 * @param copyBytesPerSecond bytes copied in memory, such as from gradient to message
 * @param sumBytesPerSecond bytes of gradients merged with others of the same shard
 * @param nesterovBytesPerSecond bytes of parameters updated by Nesterov momentum
 * @param adamBytesPerSecond bytes of parameters updated by Adam
 * @param jobSeconds time of a Spark job with one empty task
 * @param taskSeconds what each further task adds to it
 * @param operationsPerSecond floating-point operations of a large product
 */
record MachineConstants(
    double messageSeconds,
    double socketBytesPerSecond,
    double copyBytesPerSecond,
    double sumBytesPerSecond,
    double nesterovBytesPerSecond,
    double adamBytesPerSecond,
    double jobSeconds,
    double taskSeconds,
    double operationsPerSecond) {
  /** As {@code bench scaling --measure} found them; docs/scaling.md says when and on what. */
  static MachineConstants standard() {
    return new MachineConstants(
        35.2e-6, 1.81e9, 9.2e9, 7.3e9, 1.96e9, 1.65e9, 11.2e-3, 0.52e-3, 67.9e9);
  }

  /** Time of a Spark job with so many tasks. */
  double jobSeconds(int tasks) {
    return jobSeconds + (tasks - 1) * taskSeconds;
  }

  /** The constants by name. */
  Map<String, Object> values() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("messageSeconds", messageSeconds);
    values.put("socketBytesPerSecond", socketBytesPerSecond);
    values.put("copyBytesPerSecond", copyBytesPerSecond);
    values.put("sumBytesPerSecond", sumBytesPerSecond);
    values.put("nesterovBytesPerSecond", nesterovBytesPerSecond);
    values.put("adamBytesPerSecond", adamBytesPerSecond);
    values.put("jobSeconds", jobSeconds);
    values.put("taskSeconds", taskSeconds);
    values.put("operationsPerSecond", operationsPerSecond);
    return values;
  }
}
