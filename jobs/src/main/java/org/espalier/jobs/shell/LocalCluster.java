package org.espalier.jobs.shell;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The executor JVMs of this machine that a master of the form {@code
 * local-cluster[EXECUTORS,CORES,MEMORY_MB]} stands for.
 *
 * @param executors number of them
 * @param cores of each
 * @param memoryMib heap of each
 */
record LocalCluster(int executors, int cores, int memoryMib) {
  private static final Pattern MASTER =
      Pattern.compile("local-cluster\\[\\s*(\\d+)\\s*,\\s*(\\d+)\\s*,\\s*(\\d+)\\s*]");

  /** That of a master, if it is of this form. */
  static Optional<LocalCluster> of(String master) {
    Matcher matcher = MASTER.matcher(master);
    return matcher.matches()
        ? Optional.of(
            new LocalCluster(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3))))
        : Optional.empty();
  }
}
