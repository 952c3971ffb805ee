package org.espalier.jobs.shell;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options that every job has. */
public final class JobOptions {
  @Option(
      names = "--master",
      paramLabel = "URL",
      description =
          "Spark master: local[*], local-cluster[EXECUTORS,CORES,MEMORY_MB] (real executor JVMs on this"
              + " machine), spark://..., yarn (default: spark-submit's; without one, local[*] for every job but"
              + " quickstart, which starts two executors).")
  private String master;

  @Option(
      names = "--spark-conf",
      paramLabel = "KEY=VALUE",
      description = "A Spark property; may be repeated.")
  private Map<String, String> sparkConf = new LinkedHashMap<>();

  @Option(
      names = "--json",
      description =
          "End with one line of JSON on standard output; all else goes to standard error.")
  private boolean json;

  @Option(names = "--verbose", description = "Log more, and show the stack trace of a failure.")
  private boolean verbose;

  /** The master that the user asked for, or null. */
  String master() {
    return master;
  }

  Map<String, String> sparkConf() {
    return sparkConf;
  }

  boolean json() {
    return json;
  }

  /** Whether the user asked for more than the outcome. */
  public boolean verbose() {
    return verbose;
  }
}
