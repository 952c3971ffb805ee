package org.espalier.averaging;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.espalier.averaging.exchange.Failure;
import org.espalier.averaging.exchange.MemoryShortage;

/**
 * The loss of an executor, as Spark and the cluster manager tell it.
 *
 * @param executor its id
 * @param reason in Spark's words, with the exit code of the process where that is known
 */
record ExecutorLoss(String executor, String reason) {
  /** Standalone: "exited with code 52"; YARN: "Exit status: 137"; Kubernetes: "exit code 137". */
  private static final Pattern EXIT =
      Pattern.compile(
          "exit(?:ed)?(?: with)?(?: exit)? (?:code|status):? ?(\\d+)", Pattern.CASE_INSENSITIVE);

  /** YARN's words for a container that it has killed. */
  private static final Pattern CONTAINER =
      Pattern.compile("exceeding (?:physical |virtual )?memory", Pattern.CASE_INSENSITIVE);

  /** Spark's exit code after an OutOfMemoryError. */
  private static final int OUT_OF_MEMORY = 52;

  private static final int KILLED = 137;

  Failure failure() {
    if (CONTAINER.matcher(reason).find()) {
      return outOfMemory(MemoryShortage.ofContainer(executor, reason));
    }
    int exit = exitCode();
    if (exit == OUT_OF_MEMORY) {
      return outOfMemory(MemoryShortage.ofExit(executor, exit));
    }
    return new Failure(Failure.Kind.GONE, executor, exit == KILLED ? killed() : lost());
  }

  private Failure outOfMemory(String sentence) {
    return new Failure(Failure.Kind.OUT_OF_MEMORY, executor, sentence);
  }

  private int exitCode() {
    Matcher exit = EXIT.matcher(reason);
    return exit.find() ? Integer.parseInt(exit.group(1)) : 0;
  }

  private String killed() {
    return "executor %s was killed (exit code %d), as the kernel and cluster managers do with a process that takes more memory than it was given; if it was for that, raise spark.executor.memoryOverhead"
        .formatted(executor, KILLED);
  }

  private String lost() {
    return "executor %s is gone: %s".formatted(executor, reason.strip());
  }
}
